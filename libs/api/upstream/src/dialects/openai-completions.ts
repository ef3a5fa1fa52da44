import type { Demand } from '@tandem/api/completion';
import type { Dialect } from './dialect';
import { bodyBeside, openaiChat } from './openai-chat';
import { promptOf } from './prompt-of';

const OF_CHATS: ReadonlySet<Demand> = new Set<Demand>(['images', 'tools', 'toolChoice', 'parallelToolCalls']);

/** Whole: of a stream, not every server tells how likely the prompt was. Some know no answer of no tokens, and give one. */
function echoed(isAlone: boolean, omitted: ReadonlySet<string>): Record<string, unknown> {
  return { echo: true, stream: false, stream_options: undefined, ...(isAlone && !omitted.has('max_tokens') ? { max_tokens: 0 } : {}) };
}

/** Completions of one text, as OpenAI defined them first and base models are still asked. */
export const openaiCompletions: Dialect = {
  ...openaiChat,
  path: '/v1/completions',
  takes: new Set<Demand>([...[...openaiChat.takes].filter((demand) => !OF_CHATS.has(demand)), 'echo']),
  requestBody(request, model, omitted) {
    const { logprobs, promptTokens, echo } = request.demands ?? {};
    return {
      ...bodyBeside(request, model, omitted),
      prompt: promptTokens ?? promptOf(request.messages),
      ...(logprobs === undefined ? {} : { logprobs: Math.max(1, logprobs) }),
      ...(echo === undefined ? {} : echoed(echo.isAlone, omitted)),
    };
  },
};
