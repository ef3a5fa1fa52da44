import type { Dialect } from './dialect';
import { openaiChat } from './openai-chat';

/**
 * llama.cpp's server by its chat route, which applies the model's chat template and still tells its timings and how far
 * it has read the prompt.
 */
export const llamaServer: Dialect = {
  ...openaiChat,
  requestBody: (request, model, refused) => ({
    ...openaiChat.requestBody(request, model, refused),
    return_progress: true,
    // A prompt that is half in the cache is computed in other batches: the same seed would not give the same answer.
    cache_prompt: false,
  }),
};
