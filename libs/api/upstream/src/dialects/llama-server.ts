import type { Dialect } from './dialect';
import { openaiChat } from './openai-chat';
import { openaiCompletions } from './openai-completions';

const OWN_FIELDS = {
  return_progress: true,
  // A prompt that is half in the cache is computed in other batches: the same seed would not give the same answer.
  cache_prompt: false,
};

/** It ignores what it does not know. */
const PASSES: ReadonlySet<string> = new Set(['logit_bias', 'reasoning_effort', 'chat_template_kwargs', 'ignore_eos']);

/**
 * llama.cpp's server by its chat route, which applies the model's chat template and still tells its timings and how far
 * it has read the prompt.
 */
export const llamaServer: Dialect = {
  ...openaiChat,
  passes: PASSES,
  isFresh: true,
  requestBody: (request, model, omitted) => ({ ...openaiChat.requestBody(request, model, omitted), ...OWN_FIELDS }),
};

/** The same server, asked to go on with a text. There it takes a schema under a name of its own. */
export const llamaServerRaw: Dialect = {
  ...openaiCompletions,
  passes: PASSES,
  isFresh: true,
  requestBody(request, model, omitted) {
    const { response_format: _, ...fields }: Readonly<Record<string, unknown>> = openaiCompletions.requestBody(request, model, omitted);
    const { format } = request.demands ?? {};
    const { logprobs } = fields;
    return {
      ...fields,
      ...OWN_FIELDS,
      ...(format === undefined ? {} : { json_schema: format.type === 'json_object' ? { type: 'object' } : format.schema }),
      ...(logprobs === undefined ? {} : { n_probs: logprobs }),
    };
  },
};
