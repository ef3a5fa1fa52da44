import { PickledName, PickledRecord, PickledTuple, type PickledValue } from '../pickle/pickled-value';
import { damagedPickle } from '../pickle/pickle-refusals';
import { quoted } from '../quoted';
import { ELEMENT_BYTES, type ElementType } from '../tensor/element-type';
import { type StorageBytes, type TorchArchive } from './torch-archive';
import { STORAGE_TYPES, UNTYPED_STORAGE } from './torch-types';
import { unsupportedTensor } from './unsupported-tensor';

/** What a tensor's elements lie in. Several tensors may share one. */
export class TorchStorage extends PickledRecord {
  constructor(
    id: PickledTuple,
    readonly key: string,
    /** Null where only the tensor knows. */
    readonly type: ElementType | null,
    /** As much of the entry as the pickle says is in use. */
    readonly bytes: StorageBytes,
  ) {
    super('torch.storage', id.items);
  }
}

/** By what the pickle says of it: `('storage', class, key, device, number of elements)`. */
export function torchStorage(id: PickledValue, archive: TorchArchive): TorchStorage {
  if (!(id instanceof PickledTuple)) throw damagedPickle('it refers to something that is no storage');
  const [kind, className, key, , count] = id.items;
  const isStorage = kind === 'storage' && className instanceof PickledName && typeof key === 'string';
  if (!isStorage || typeof count !== 'number' || !(count >= 0)) throw damagedPickle('it refers to something that is no storage');
  const type = Object.hasOwn(STORAGE_TYPES, className.name) ? STORAGE_TYPES[className.name] : undefined;
  if (type === undefined && !UNTYPED_STORAGE.has(className.name)) throw unsupportedTensor(className.name);
  const entry = archive.storage(key);
  const sizeBytes = count * (type === undefined ? 1 : ELEMENT_BYTES[type]);
  if (sizeBytes > entry.sizeBytes) {
    throw damagedPickle(`the storage ${quoted(key)} is ${entry.sizeBytes} bytes long and should be ${sizeBytes}`);
  }
  return new TorchStorage(id, key, type ?? null, { start: entry.start, sizeBytes });
}
