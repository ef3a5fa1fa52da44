import { type CheckpointFile } from '../checkpoint-file';
import { FileBytes } from '../file-bytes';
import { packedStrides, StoredTensor } from '../tensor/stored-tensor';
import { readSafetensorsHeader } from './safetensors-header';

/** One safetensors file. */
export function openSafetensorsFile(path: string): CheckpointFile {
  const file = FileBytes.open(path);
  try {
    const { dataStart, entries, metadata } = readSafetensorsHeader(file);
    const tensors = new Map(
      entries.map(({ name, type, shape, begin }) => {
        const extent = { file, start: dataStart + begin, type, shape, strides: packedStrides(shape) };
        return [name, new StoredTensor(name, extent)];
      }),
    );
    return { format: 'safetensors', tensors, value: null, metadata, paths: [file.path], close: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}
