import { type PickledValue } from './pickle/pickled-value';
import { type SourceTensor } from './tensor/source-tensor';

/** An open checkpoint, one file or several shards: its tensors and what else stands in it. Whoever opened it closes it. */
export interface CheckpointFile {
  readonly format: 'torch' | 'safetensors';
  /** By name; in PyTorch files the name is the path of the dictionaries around it, as in `model_state_dict.layers.0.weight`. */
  readonly tensors: ReadonlyMap<string, SourceTensor>;
  /** All of a PyTorch file, with tensors for leaves; null for safetensors and for shards. */
  readonly value: PickledValue;
  /** `__metadata__` of safetensors. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Every file that was opened, by its real path. */
  readonly paths: readonly string[];
  /** Tensors cannot be read afterwards; closing twice is one closing. */
  close(): void;
}
