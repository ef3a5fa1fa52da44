import type { Demand } from '@tandem/api/completion';
import type { Dialect } from './dialect';
import { bodyBeside, openaiChat } from './openai-chat';
import { promptOf } from './prompt-of';

const OF_CHATS: ReadonlySet<Demand> = new Set<Demand>(['tools', 'toolChoice', 'parallelToolCalls']);

/** Completions of one text, as OpenAI defined them first and base models are still asked. */
export const openaiCompletions: Dialect = {
  ...openaiChat,
  path: '/v1/completions',
  takes: new Set([...openaiChat.takes].filter((demand) => !OF_CHATS.has(demand))),
  requestBody(request, model, omitted) {
    const { logprobs, promptTokens } = request.demands ?? {};
    return {
      ...bodyBeside(request, model, omitted),
      prompt: promptTokens ?? promptOf(request.messages),
      ...(logprobs === undefined ? {} : { logprobs: Math.max(1, logprobs) }),
    };
  },
};
