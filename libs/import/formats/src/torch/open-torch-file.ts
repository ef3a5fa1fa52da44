import { type CheckpointFile } from '../checkpoint-file';
import { FileBytes } from '../file-bytes';
import { readPickle } from '../pickle/read-pickle';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { StoredTensor } from '../tensor/stored-tensor';
import { namedTensors } from './named-tensors';
import { rebuilders } from './rebuild-tensor';
import { TorchArchive } from './torch-archive';
import { torchStorage } from './torch-storage';

const ZIP = 'PK';
/** A pickle whose first value is the number that the old format begins with. */
const LEGACY = Buffer.from('80028a0a6cfc9c46f9206aa85019', 'hex');

/** One file of torch.save, whatever its name ends with. Where each tensor lies is checked here; nothing of it is read yet. */
export function openTorchFile(path: string): CheckpointFile {
  const file = FileBytes.open(path);
  try {
    checkFormat(file);
    const archive = new TorchArchive(file);
    const value = readPickle(archive.pickle(), {
      storage: (id) => torchStorage(id, archive),
      rebuilder: rebuilders(file),
      isTensor: (held) => held instanceof StoredTensor,
    });
    return { format: 'torch', tensors: namedTensors(value), value, metadata: new Map(), paths: [file.path], close: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}

function checkFormat(file: FileBytes): void {
  const start = file.read(0, Math.min(file.sizeBytes, LEGACY.length));
  if (start.equals(LEGACY)) {
    throw new RefusedCheckpoint(
      'legacy',
      `${file.title} is in the format that PyTorch wrote before version 1.6; load it there and save it again with a newer PyTorch.`,
    );
  }
  if (start.toString('latin1', 0, ZIP.length) !== ZIP) {
    throw new RefusedCheckpoint('unknown-format', `${file.title} is not a file of torch.save; save the weights with torch.save(model.state_dict(), …).`);
  }
}
