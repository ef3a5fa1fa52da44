import { type CheckpointFile } from './checkpoint-file';
import { type GgufMetadata } from './gguf/gguf-value';
import { type PlannedTensor } from './gguf/planned-tensor';
import { type PickledValue } from './pickle/pickled-value';
import { type SourceTensor } from './source-tensor';

/** Opens whatever it is, by its content: PyTorch, safetensors, or the index (…index.json) or a shard of either. */
export declare function openCheckpoint(path: string): CheckpointFile;
/** One PyTorch file (`.pt`, `.pth`, `.bin`, `.ckpt`). */
export declare function openTorchFile(path: string): CheckpointFile;
/** A safetensors file, an index of such files, or one of its shards. */
export declare function openSafetensors(path: string): CheckpointFile;
/** A pickle without tensors, such as `meta.pkl`. */
export declare function readPickle(bytes: Uint8Array): PickledValue;
export declare function isSourceTensor(value: PickledValue | undefined): value is SourceTensor;
/** Streams a GGUF (version 3) to a new file, or to one open for writing; synchronous. Refuses NaN, infinity and what 16 bits cannot hold. */
export declare function writeGguf(
  target: string | number,
  metadata: GgufMetadata,
  tensors: readonly PlannedTensor[],
  onProgress?: (writtenBytes: number, totalBytes: number) => void,
): void;
/** How large that file will be. */
export declare function ggufSizeBytes(metadata: GgufMetadata, tensors: readonly PlannedTensor[]): number;
/** Where the first NaN or infinity stands, or -1. */
export declare function findNotFinite(values: Float32Array): number;
