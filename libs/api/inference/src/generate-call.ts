import type { CompletionRequest } from '@tandem/api/completion';
import type { EngineCall } from '@tandem/shared/engine-protocol';
import { grammarOf } from './grammar/grammar-of';

/** A request as the engine is told of it. */
export function generateCall(model: string, { messages, parameters, conversation, owner, demands = {} }: CompletionRequest): Extract<EngineCall, { type: 'generate' }> {
  const { isRaw, promptTokens, format, logprobs, presencePenalty: presence = 0, frequencyPenalty: frequency = 0, minP } = demands;
  return {
    type: 'generate',
    model,
    messages,
    parameters: minP === undefined ? parameters : { ...parameters, min_p: minP },
    ...(conversation === undefined ? {} : { conversation }),
    ...(owner === undefined ? {} : { owner }),
    ...(isRaw ? { isRaw } : {}),
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(format === undefined ? {} : { grammar: grammarOf(format) }),
    ...(logprobs === undefined ? {} : { logprobs }),
    ...(presence === 0 && frequency === 0 ? {} : { penalties: { presence, frequency } }),
  };
}
