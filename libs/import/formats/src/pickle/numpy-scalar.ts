import { PickledRecord, PickledTuple, type PickledValue } from './pickled-value';

const READERS: Readonly<Record<string, (bytes: Buffer) => number | bigint | boolean>> = {
  b1: (bytes) => bytes.readUInt8() !== 0,
  i1: (bytes) => bytes.readInt8(),
  u1: (bytes) => bytes.readUInt8(),
  i2: (bytes) => bytes.readInt16LE(),
  u2: (bytes) => bytes.readUInt16LE(),
  i4: (bytes) => bytes.readInt32LE(),
  u4: (bytes) => bytes.readUInt32LE(),
  i8: (bytes) => safe(bytes.readBigInt64LE()),
  u8: (bytes) => safe(bytes.readBigUInt64LE()),
  f4: (bytes) => bytes.readFloatLE(),
  f8: (bytes) => bytes.readDoubleLE(),
};

/** A number that numpy computed, such as a loss, as a number like any other; a record where it is of a rarer type. */
export function numpyScalar(args: readonly PickledValue[]): PickledValue {
  const [type, bytes] = args;
  const record = new PickledRecord('numpy.scalar', args);
  if (!(type instanceof PickledRecord) || type.className !== 'numpy.dtype' || !(bytes instanceof Uint8Array)) return record;
  const code = typeof type.args[0] === 'string' ? type.args[0] : '';
  const isForeign = type.state instanceof PickledTuple && type.state.items[1] === '>';
  const read = Object.hasOwn(READERS, code) ? READERS[code] : undefined;
  return read === undefined || isForeign || bytes.length !== Number(code.slice(1)) ? record : read(Buffer.from(bytes));
}

function safe(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
