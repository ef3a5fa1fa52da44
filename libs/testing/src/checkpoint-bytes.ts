import { pickleBytes, type Pickled } from './pickle-bytes';
import { type ZipBytes, zipBytes, type ZipEntryBytes } from './zip-bytes';

export interface TorchFileBytes extends Omit<ZipBytes, 'entries'> {
  readonly value: Pickled;
  readonly storages?: Readonly<Record<string, Buffer>>;
  readonly byteOrder?: string;
  /** The folder inside of the archive. */
  readonly folder?: string;
  readonly others?: readonly ZipEntryBytes[];
  /** Makes an entry tell lies. */
  readonly change?: (entry: ZipEntryBytes) => ZipEntryBytes;
}

/** A file as torch.save writes it. */
export function torchFileBytes(file: TorchFileBytes): Buffer {
  const { value, storages = {}, byteOrder = 'little', folder = 'archive', others = [], change, ...zip } = file;
  const entries: ZipEntryBytes[] = [
    { name: `${folder}/data.pkl`, data: pickleBytes(value) },
    { name: `${folder}/byteorder`, data: Buffer.from(byteOrder) },
    ...Object.entries(storages).map(([key, data]) => ({ name: `${folder}/data/${key}`, data })),
    { name: `${folder}/version`, data: Buffer.from('3\n') },
    ...others,
  ];
  return zipBytes({ ...zip, entries: entries.map((entry) => change?.(entry) ?? entry) });
}

export interface SafetensorsEntryBytes {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Buffer;
  /** By default behind the tensor before it. */
  readonly offsets?: readonly [number, number];
}

export interface SafetensorsBytes {
  readonly tensors?: Readonly<Record<string, SafetensorsEntryBytes>>;
  readonly metadata?: unknown;
  /** Instead of what the tensors make. */
  readonly header?: string;
  readonly headerBytes?: bigint;
}

/** A safetensors file, written as it is told. */
export function safetensorsBytes({ tensors = {}, metadata, header, headerBytes }: SafetensorsBytes): Buffer {
  let at = 0;
  const described = Object.entries(tensors).map(([name, { dtype, shape, data, offsets }]) => {
    const from = at;
    at += data.length;
    return [name, { dtype, shape, data_offsets: offsets ?? [from, at] }];
  });
  const members = [...(metadata === undefined ? [] : [['__metadata__', metadata]]), ...described];
  const text = Buffer.from(header ?? JSON.stringify(Object.fromEntries(members)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(headerBytes ?? BigInt(text.length));
  return Buffer.concat([length, text, ...Object.values(tensors).map(({ data }) => data)]);
}
