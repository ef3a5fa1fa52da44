import type { Dialect } from './dialect';
import { openaiChat } from './openai-chat';
import { promptOf } from './prompt-of';

/** Completions of one text, as OpenAI defined them first and base models are still asked. */
export const openaiCompletions: Dialect = {
  ...openaiChat,
  path: '/v1/completions',
  requestBody(request, model, omitted) {
    const { messages: _, logprobs: __, top_logprobs: ___, ...fields } = openaiChat.requestBody(request, model, omitted);
    const { logprobs } = request.demands ?? {};
    return {
      ...fields,
      prompt: request.demands?.promptTokens ?? promptOf(request.messages),
      ...(logprobs === undefined ? {} : { logprobs: Math.max(1, logprobs) }),
    };
  },
};
