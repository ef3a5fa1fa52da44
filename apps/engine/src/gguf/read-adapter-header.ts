import { checkTensors, tensorBytes } from './check-header';
import type { CheckpointHeader } from './checkpoint-header';
import type { Header, MetadataValue } from './header';
import { MalformedHeader } from './malformed-header';

export function isAdapter(metadata: ReadonlyMap<string, MetadataValue>): boolean {
  return metadata.get('general.type') === 'adapter';
}

/** The header of a LoRA adapter: pairs of small tensors over those of a checkpoint, with no model of its own. */
export function readAdapterHeader(header: Header): CheckpointHeader {
  const { metadata, tensors } = header;
  const architecture = metadata.get('general.architecture');
  const kind = metadata.get('adapter.type');
  if (typeof architecture !== 'string' || architecture === '') throw new MalformedHeader('it names no general.architecture');
  if (kind !== 'lora') throw new MalformedHeader('it is an adapter of a kind that llama.cpp cannot use; only "lora" can be');
  checkTensors(header);
  const weightBytes = tensors.reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
  const name = metadata.get('general.name');
  return {
    weightBytes,
    kvBytesPerToken: 0,
    tensorNames: new Set(tensors.map(({ name }) => name.replace(/\.lora_[ab]$/, ''))),
    facts: {
      kind: 'adapter',
      architecture,
      quantization: null,
      parameters: tensors.reduce((sum, { dimensions }) => sum + dimensions.reduce((product, size) => product * size, 1), 0),
      contextLength: null,
      chatTemplate: false,
      title: typeof name === 'string' ? name : null,
      description: null,
      finetune: null,
      stopStrings: [],
      memoryEstimateBytes: weightBytes,
    },
  };
}
