import { type FileBytes } from '../file-bytes';
import { damagedPickle } from '../pickle/pickle-refusals';
import { checkPickleSize } from '../pickle/read-pickle';
import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { type StoredEntry, StoredZip } from '../zip/stored-zip';
import { damagedArchive } from '../zip/zip-refusals';

const PICKLE = /^[^/]+\/data\.pkl$/;
const LONGEST_BYTE_ORDER = 16;

/** The bytes of one storage. */
export interface StorageBytes {
  readonly start: number;
  readonly sizeBytes: number;
}

/** The zip that torch.save writes: one pickle, and a storage an entry. Does not own the file. */
export class TorchArchive {
  private readonly zip: StoredZip;
  /** The folder inside that everything lies in; torch.save takes it from the file's name. */
  private readonly folder: string;
  private readonly found = new Map<string, StorageBytes>();

  constructor(private readonly file: FileBytes) {
    this.zip = new StoredZip(file);
    const pickles = [...this.zip.entries.keys()].filter((name) => PICKLE.test(name));
    const [pickle] = pickles;
    if (pickle === undefined) throw this.noCheckpoint();
    if (pickles.length > 1) throw damagedArchive(file, `it holds ${pickles.length} checkpoints`);
    this.folder = pickle.slice(0, -'data.pkl'.length);
    this.checkKind();
  }

  pickle(): Buffer {
    const entry = this.entry('data.pkl');
    if (entry === undefined) throw this.noCheckpoint();
    checkPickleSize(entry.sizeBytes);
    return this.zip.read(entry);
  }

  storage(key: string): StorageBytes {
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const entry = this.entry(`data/${key}`);
    if (entry === undefined) throw damagedPickle(`the storage ${quoted(key)} that it refers to is not in the file`);
    const storage = { start: this.zip.dataStart(entry), sizeBytes: entry.sizeBytes };
    this.found.set(key, storage);
    return storage;
  }

  private checkKind(): void {
    if (this.entry('constants.pkl') !== undefined) {
      throw new RefusedCheckpoint(
        'torchscript',
        `${this.file.title} is a TorchScript program and not a checkpoint; save the weights with torch.save(model.state_dict(), …).`,
      );
    }
    this.zip.refuseCompressed();
    const byteOrder = this.entry('byteorder');
    if (byteOrder === undefined) return;
    const order = byteOrder.sizeBytes <= LONGEST_BYTE_ORDER ? this.zip.read(byteOrder).toString('latin1') : 'something else';
    if (order !== 'little') {
      throw new RefusedCheckpoint(
        'big-endian',
        `${this.file.title} was written with the byte order ${quoted(order)}; save it again on a little-endian machine.`,
      );
    }
  }

  private entry(name: string): StoredEntry | undefined {
    return this.zip.entries.get(this.folder + name);
  }

  private noCheckpoint(): RefusedCheckpoint {
    return new RefusedCheckpoint(
      'unknown-format',
      `${this.file.title} is a zip archive without the "data.pkl" of a PyTorch checkpoint; save the weights with torch.save(model.state_dict(), …).`,
    );
  }
}
