import { type ElementType } from './element-type';

type FloatsOf = (bytes: Uint8Array<ArrayBuffer>, count: number) => Float32Array;

const view =
  (elements: new (buffer: ArrayBuffer, byteOffset: number, length: number) => ArrayLike<number>): FloatsOf =>
  ({ buffer, byteOffset }, count) =>
    new Float32Array(new elements(buffer, byteOffset, count));

const bigView =
  (elements: typeof BigInt64Array | typeof BigUint64Array): FloatsOf =>
  ({ buffer, byteOffset }, count) =>
    Float32Array.from(new elements(buffer, byteOffset, count), Number);

const FLOATS: Partial<Readonly<Record<ElementType, FloatsOf>>> = {
  f64: view(Float64Array),
  f32: ({ buffer, byteOffset }, count) => new Float32Array(buffer, byteOffset, count),
  f16: ({ buffer, byteOffset }, count) => floatsOfHalves(new Uint16Array(buffer, byteOffset, count)),
  bf16: ({ buffer, byteOffset }, count) => floatsOfBrainFloats(new Uint16Array(buffer, byteOffset, count)),
  i64: bigView(BigInt64Array),
  u64: bigView(BigUint64Array),
  i32: view(Int32Array),
  u32: view(Uint32Array),
  i16: view(Int16Array),
  u16: view(Uint16Array),
  i8: view(Int8Array),
  u8: view(Uint8Array),
  bool: view(Uint8Array),
};

/** Elements as 32-bit floats (for `f32` the same memory), or null for a type whose values are not read. The bytes are aligned. */
export function floatsOf(bytes: Uint8Array<ArrayBuffer>, type: ElementType, count: number): Float32Array | null {
  return FLOATS[type]?.(bytes, count) ?? null;
}

/** Every 16-bit float: four times as fast as working each one out. */
let halves: Float32Array | null = null;

function floatsOfHalves(values: Uint16Array): Float32Array {
  halves ??= Float32Array.from({ length: 65_536 }, (_, bits) => floatOfHalf(bits));
  const floats = new Float32Array(values.length);
  for (let index = 0; index < values.length; index++) floats[index] = halves[values[index] ?? 0] ?? 0;
  return floats;
}

function floatOfHalf(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function floatsOfBrainFloats(values: Uint16Array): Float32Array {
  const bits = new Uint32Array(values.length);
  for (let index = 0; index < values.length; index++) bits[index] = (values[index] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}
