import type { RunRequest } from '@tandem/api/completion';
import { type ChatMessage, type ChatTurn, DEFAULT_PARAMETERS, type SamplingParameters, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import type { GenerateRequestDto } from './generate-request.dto';
import { imagesOf, textOf } from './message-content';
import type { StreamQueryDto } from './stream-query.dto';
import type { StreamRequestDto } from './stream-request.dto';

type SentSampling = { [name in keyof SamplingParameters]?: SamplingParameters[name] | null | undefined };

/** `POST /stream` and `GET /stream` as what a run is asked. */
export function fromStream(request: StreamRequestDto | StreamQueryDto): RunRequest {
  const messages = 'messages' in request && request.messages ? request.messages : [{ role: 'user' as const, content: request.prompt ?? '' }];
  const conversation = 'conversation_id' in request ? request.conversation_id : undefined;
  const isFresh = 'cache_prompt' in request && request.cache_prompt === false;
  return {
    ...asked(request.system, messages),
    parameters: onlySent(request),
    defaults: STREAM_PARAMETERS,
    ...inConversation(conversation),
    ...(isFresh ? { isFresh } : {}),
  };
}

/** `POST /api/generate` as what a run is asked. Without sampling the temperature is 0. */
export function fromGenerate(request: GenerateRequestDto): RunRequest {
  const messages: ChatMessage[] = [...(request.history ?? []), { role: 'user', content: request.message }];
  const sampling: SentSampling = { ...onlySent(request), max_tokens: request.max_new_tokens };
  return {
    ...asked(request.system, messages),
    parameters: onlySent(request.do_sample === false ? { ...sampling, temperature: 0 } : sampling),
    defaults: DEFAULT_PARAMETERS,
    ...inConversation(request.conversation_id),
  };
}

function inConversation(conversation: string | undefined): Pick<RunRequest, 'conversation'> {
  return conversation === undefined ? {} : { conversation };
}

function asked(system: string | null | undefined, messages: readonly ChatMessage[]): Pick<RunRequest, 'messages' | 'demands'> {
  const plain = messages.map(({ role, content }): ChatTurn => {
    const images = imagesOf(content);
    return { role, content: textOf(content), ...(images.length > 0 ? { images } : {}) };
  });
  return {
    messages: system ? [{ role: 'system', content: system }, ...plain] : plain,
    ...(plain.some(({ images }) => images !== undefined) ? { demands: { images: true } } : {}),
  };
}

const NAMES = ['temperature', 'top_p', 'top_k', 'repetition_penalty', 'max_tokens', 'seed', 'stop'] as const;

/** The sampling values that were sent; null means "not sent". */
function onlySent(request: SentSampling): Partial<SamplingParameters> {
  return Object.fromEntries(NAMES.map((name) => [name, request[name]]).filter(([, value]) => value !== undefined && value !== null));
}
