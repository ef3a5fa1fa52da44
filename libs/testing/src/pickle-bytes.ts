/** A piece of a pickle that puts one value on the stack; tests put hostile ones together from these and from raw bytes. */
export type Pickled = Buffer;

const PROTOCOL = Buffer.of(0x80, 2);
const STOP = Buffer.from('.');

/** A whole pickle that says this value. */
export function pickleBytes(value: Pickled): Buffer {
  return Buffer.concat([PROTOCOL, value, STOP]);
}

export function pickledText(text: string): Pickled {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from('X'), u32(bytes.length), bytes]);
}

/** Also one beyond 32 bits, as a number of 8 bytes. */
export function pickledInteger(value: number | bigint): Pickled {
  if (typeof value === 'number' && value === (value | 0)) {
    const bytes = Buffer.from('J\0\0\0\0');
    bytes.writeInt32LE(value, 1);
    return bytes;
  }
  const bytes = Buffer.alloc(10, 0x8a);
  bytes.writeUInt8(8, 1);
  bytes.writeBigInt64LE(BigInt(value), 2);
  return bytes;
}

export function pickledFloat(value: number): Pickled {
  const bytes = Buffer.alloc(9, 'G');
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

export function pickledTuple(...items: readonly Pickled[]): Pickled {
  return Buffer.concat([Buffer.from('('), ...items, Buffer.from('t')]);
}

export function pickledList(...items: readonly Pickled[]): Pickled {
  return Buffer.concat([Buffer.from(']('), ...items, Buffer.from('e')]);
}

export function pickledDictionary(entries: Readonly<Record<string, Pickled>>): Pickled {
  const pairs = Object.entries(entries).flatMap(([key, value]) => [pickledText(key), value]);
  return Buffer.concat([Buffer.from('}('), ...pairs, Buffer.from('u')]);
}

/** A class or function, by its name. */
export function pickledName(module: string, name: string): Pickled {
  return Buffer.from(`c${module}\n${name}\n`, 'utf8');
}

/** What a function would return. */
export function pickledCall(callee: Pickled, ...args: readonly Pickled[]): Pickled {
  return Buffer.concat([callee, pickledTuple(...args), Buffer.from('R')]);
}

/** An object of a class with these attributes, as Python writes any object of a plain class. */
export function pickledObject(type: Pickled, attributes: Readonly<Record<string, Pickled>>, ...args: readonly Pickled[]): Pickled {
  return Buffer.concat([type, pickledTuple(...args), Buffer.of(0x81), pickledDictionary(attributes), Buffer.from('b')]);
}

export interface PickledTensor {
  readonly key: string;
  readonly shape: readonly (number | bigint)[];
  /** By default those of a tensor without gaps. */
  readonly strides?: readonly (number | bigint)[];
  readonly offset?: number | bigint;
  /** How many elements the storage has; by default as many as the tensor. */
  readonly storageCount?: number;
  readonly storage?: string;
  readonly rebuild?: string;
}

export function pickledStorage({ key, shape, storage = 'FloatStorage', storageCount }: PickledTensor): Pickled {
  const count = storageCount ?? shape.reduce<number>((product, size) => product * Number(size), 1);
  const id = pickledTuple(pickledText('storage'), pickledName('torch', storage), pickledText(key), pickledText('cpu'), pickledInteger(count));
  return Buffer.concat([id, Buffer.from('Q')]);
}

/** A tensor as torch.save writes it. */
export function pickledTensor(tensor: PickledTensor): Pickled {
  const { shape, offset = 0, rebuild = '_rebuild_tensor_v2' } = tensor;
  const strides = tensor.strides ?? shape.map((_, axis) => shape.slice(axis + 1).reduce<number>((product, size) => product * Number(size), 1));
  return pickledCall(
    pickledName('torch._utils', rebuild),
    pickledStorage(tensor),
    pickledInteger(offset),
    pickledTuple(...shape.map(pickledInteger)),
    pickledTuple(...strides.map(pickledInteger)),
    Buffer.of(0x89),
    pickledCall(pickledName('collections', 'OrderedDict')),
  );
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
