import type { Demand, Demands } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { StreamEvent } from '@tandem/shared/sse';
import type { Dialect, Piece, WordedRequest } from './dialect';
import { type ParameterFields, without } from './fields';
import { isObject, readJson } from './json';
import { readChunk } from './openai-chunk';
import { conversationOf, toolFields } from './openai-tools';
import { readFailure } from './server-failure';

const FIELDS: ParameterFields = {
  temperature: ['temperature'],
  top_p: ['top_p'],
  top_k: ['top_k'],
  repetition_penalty: ['repetition_penalty', 'repeat_penalty'],
  max_tokens: ['max_tokens', 'max_completion_tokens'],
  seed: ['seed'],
  stop: ['stop'],
};

/** Tokens go to the other route; what reaches this one is refused. */
const TAKES: ReadonlySet<Demand> = new Set<Demand>([
  'format',
  'logprobs',
  'presencePenalty',
  'frequencyPenalty',
  'minP',
  'promptTokens',
  'images',
  'tools',
  'toolChoice',
  'parallelToolCalls',
]);
const PASSES: ReadonlySet<string> = new Set([
  'logit_bias',
  'reasoning_effort',
  'verbosity',
  'chat_template_kwargs',
  'stop_token_ids',
  'ignore_eos',
  'min_tokens',
]);

/** What both of OpenAI's routes have. */
function demanded({ format, presencePenalty, frequencyPenalty, passed }: Demands): Record<string, unknown> {
  return {
    ...passed,
    ...(format === undefined ? {} : { response_format: responseFormat(format) }),
    ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
  };
}

function responseFormat(format: NonNullable<Demands['format']>): object {
  if (format.type === 'json_object') return format;
  const { type, ...described } = format;
  return { type, json_schema: described };
}

/** All but what is asked: a conversation, or a text. */
export function bodyBeside({ parameters, demands = {}, cacheSalt }: WordedRequest, model: string, omitted: ReadonlySet<string>): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    model,
    stream: true,
    stream_options: { include_usage: true },
    temperature: parameters.temperature,
    top_p: parameters.top_p,
    max_tokens: parameters.max_tokens,
    seed: parameters.seed,
    ...(parameters.stop.length > 0 ? { stop: parameters.stop } : {}),
    top_k: parameters.top_k,
    repetition_penalty: parameters.repetition_penalty,
    // llama-server's name for it, and the window it would use by default.
    repeat_penalty: parameters.repetition_penalty,
    repeat_last_n: 64,
    // llama-server cuts at 0.05 by default, vLLM at 0: the two sides would sample differently.
    min_p: demands.minP ?? 0,
    ...(cacheSalt === undefined ? {} : { cache_salt: cacheSalt }),
    ...demanded(demands),
  };
  // OpenAI's newer models take the limit under this name only.
  if (omitted.has('max_tokens')) fields['max_completion_tokens'] = parameters.max_tokens;
  // What was demanded is not left out in silence: a server that refuses it has the last word.
  return { ...without(fields, omitted), ...(demands.minP === undefined ? {} : { min_p: demands.minP }) };
}

function requestBody(request: WordedRequest, model: string, omitted: ReadonlySet<string>): Record<string, unknown> {
  const { messages, demands = {} } = request;
  // they would be lost, and what is left an empty message
  if (demands.promptTokens !== undefined)
    throw new Fault('invalid_request', 'prompt: this model server has no route that takes token ids. Send the text.', { param: 'prompt' });
  return {
    ...bodyBeside(request, model, omitted),
    messages: conversationOf(messages),
    // With none of the likeliest, llama-server tells nothing of the chosen one either.
    ...(demands.logprobs === undefined ? {} : { logprobs: true, top_logprobs: Math.max(1, demands.logprobs) }),
    ...toolFields(demands),
  };
}

/** The failure of an event that is named an error: its data is the error, whatever its shape. */
function readErrorEvent(text: string, document: unknown): Piece {
  const failure = isObject(document) ? (readFailure(document) ?? readFailure({ error: document })) : null;
  return { kind: 'failure', failure: failure ?? { message: isObject(document) ? '' : text } };
}

function readEvent({ event, data }: StreamEvent): readonly Piece[] {
  const text = data.trim();
  if (text === '[DONE]') return [{ kind: 'end' }];
  const document = readJson(text);
  if (event === 'error') return [...readChunk(document).filter(({ kind }) => kind === 'text'), readErrorEvent(text, document)];
  // Other words than JSON are a gateway's small talk; broken JSON was meant to say something.
  return document === undefined && text.startsWith('{') ? [{ kind: 'garbled' }] : readChunk(document);
}

function readWhole(text: string): readonly Piece[] {
  const document = readJson(text);
  return document === undefined ? [{ kind: 'garbled' }] : readChunk(document);
}

/** Chat completions as OpenAI defined them and vLLM, llama-server and most others speak them. */
export const openaiChat: Dialect = {
  path: '/v1/chat/completions',
  framing: 'events',
  endsWithBody: false,
  takes: TAKES,
  passes: PASSES,
  fields: FIELDS,
  spare: ['stream_options', 'min_p', 'repeat_last_n', 'cache_salt'],
  requestBody,
  readEvent,
  readWhole,
};
