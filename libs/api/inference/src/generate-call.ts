import type { CompletionRequest } from '@tandem/api/completion';
import type { EngineCall } from '@tandem/shared/engine-protocol';
import { offeredTools } from './offered-tools';

/** A request as the engine is told of it. `stopStrings`: where the model's own answers end, which holds for conversations only. */
export function generateCall(
  model: string,
  { messages, parameters, conversation, owner, isFresh, demands = {} }: CompletionRequest,
  stopStrings: readonly string[] = [],
): Extract<EngineCall, { type: 'generate' }> {
  const { isRaw, promptTokens, format, logprobs, presencePenalty: presence = 0, frequencyPenalty: frequency = 0, minP } = demands;
  const tools = offeredTools(demands);
  return {
    type: 'generate',
    model,
    messages,
    parameters: {
      ...parameters,
      ...(isRaw || stopStrings.length === 0 ? {} : { stop: [...new Set([...parameters.stop, ...stopStrings])] }),
      ...(minP === undefined ? {} : { min_p: minP }),
    },
    ...(conversation === undefined ? {} : { conversation }),
    ...(owner === undefined ? {} : { owner }),
    ...(isFresh ? { isFresh } : {}),
    ...(isRaw ? { isRaw } : {}),
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(format === undefined ? {} : { format }),
    ...(tools === undefined ? {} : { tools }),
    ...(logprobs === undefined ? {} : { logprobs }),
    ...(presence === 0 && frequency === 0 ? {} : { penalties: { presence, frequency } }),
  };
}
