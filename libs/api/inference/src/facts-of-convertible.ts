import type { Convertible } from '@tandem/api/import';
import type { ConvertedType } from '@tandem/shared/converter-protocol';
import type { CheckpointFacts } from '@tandem/shared/engine-protocol';

/** What is known of a checkpoint before it is converted, in the words of the GGUF that it becomes. */
export function factsOfConvertible({ facts }: Convertible, type: ConvertedType, memoryEstimateBytes: number): CheckpointFacts {
  const { architecture, parameters, contextLength, chatTemplate, stopStrings } = facts;
  return {
    kind: 'model',
    architecture,
    quantization: type.toUpperCase(),
    parameters,
    contextLength,
    chatTemplate,
    title: null,
    description: null,
    finetune: null,
    stopStrings,
    memoryEstimateBytes,
  };
}
