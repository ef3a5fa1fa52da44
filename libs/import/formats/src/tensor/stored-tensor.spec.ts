import { FileBytes } from '../file-bytes';
import { checkpointFolder, floatBytes, refused } from '../testing/checkpoint-folder';
import { ELEMENT_BYTES, type ElementType } from './element-type';
import { packedStrides, StoredTensor } from './stored-tensor';

const write = checkpointFolder();
let file: FileBytes | null = null;
afterEach(() => file?.close());

function tensor(bytes: Uint8Array, shape: readonly number[], strides = packedStrides(shape), type: ElementType = 'f32', start = 0): StoredTensor {
  file = FileBytes.open(write('storage', bytes));
  return new StoredTensor('weight', { file, start, type, shape, strides });
}

function counting(count: number): Buffer {
  return floatBytes(...Array.from({ length: count }, (_, index) => index));
}

/** What each element's place is, the slow way. */
function places(shape: readonly number[], strides: readonly number[]): number[] {
  const packed = packedStrides(shape);
  const count = shape.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, index) =>
    shape.reduce((place, size, axis) => place + (Math.floor(index / (packed[axis] ?? 1)) % size) * (strides[axis] ?? 0), 0),
  );
}

describe('the elements of a tensor', () => {
  it.each<readonly [string, number[], number[]]>([
    ['without gaps', [4, 6], [6, 1]],
    ['transposed', [6, 4], [1, 6]],
    ['in rows with gaps', [3, 4], [7, 1]],
    ['every third', [8], [3]],
    ['permuted in three dimensions', [2, 3, 4], [1, 8, 2]],
    ['with dimensions of one', [1, 3, 1, 4], [99, 4, 50, 1]],
    ['repeated along a dimension', [3, 4], [0, 1]],
    ['one repeated', [5], [0]],
    ['overlapping', [4, 3], [1, 1]],
    ['far apart', [2, 3, 2], [40_000, 1, 9_000]],
    ['a transposed matrix larger than one read', [300, 200], [1, 300]],
  ])('come in their order from any place to any other: %s', (_, shape, strides) => {
    const expected = places(shape, strides);
    const weight = tensor(counting(Math.max(...expected) + 1), shape, strides);
    expect([...weight.readF32(0, expected.length)]).toEqual(expected);
    const ends = expected.length > 100 ? [1, 7, 199, 200, 201, 30_000] : expected.map((_value, end) => end + 1);
    for (const end of ends) {
      for (const start of [0, 1, Math.floor(end / 2), end - 1]) expect([...weight.readF32(start, end - start)]).toEqual(expected.slice(start, end));
    }
  });

  it('come from wherever the tensor begins, also at an odd byte', () => {
    expect([...tensor(Buffer.concat([Buffer.of(9), counting(3)]), [3], [1], 'f32', 1).readF32(1, 2)]).toEqual([1, 2]);
  });

  it.each<readonly [ElementType, ArrayBufferView<ArrayBuffer>, number[]]>([
    ['f64', Float64Array.of(0.1, 1e40), [Math.fround(0.1), Infinity]],
    ['f16', Uint16Array.of(0x3c00, 0xbc01, 0x7bff, 0x0001, 0x8000), [1, -1.0009765625, 65504, 2 ** -24, -0]],
    ['bf16', Uint16Array.of(0x3f80, 0xc040), [1, -3]],
    ['i64', BigInt64Array.of(-3n, 2n ** 40n), [-3, 2 ** 40]],
    ['u64', BigUint64Array.of(5n), [5]],
    ['i32', Int32Array.of(-7), [-7]],
    ['i16', Int16Array.of(-8), [-8]],
    ['i8', Int8Array.of(-9), [-9]],
    ['u8', Uint8Array.of(250), [250]],
    ['bool', Uint8Array.of(1, 0), [1, 0]],
  ])('of the type %s are read as floats, and as the bytes that they are', (type, values, expected) => {
    const bytes = new Uint8Array(values.buffer);
    const weight = tensor(bytes, [expected.length], [1], type);
    expect([...weight.readF32(0, expected.length)]).toEqual(expected);
    expect(weight.readBytes(0, expected.length)).toEqual(bytes);
  });

  it.each(['f8_e4m3', 'f8_e5m2', 'c64', 'c128'] as const)('of the type %s are refused', (type) => {
    expect(() => tensor(new Uint8Array(ELEMENT_BYTES[type]), [1], [1], type).readF32(0, 1)).toThrow(refused('unsupported-tensor', new RegExp(type)));
  });

  it('are none beyond its end', () => {
    const weight = tensor(counting(4), [4]);
    for (const [start, count] of [
      [-1, 2],
      [0, 5],
      [4, 1],
      [NaN, 1],
    ] as const)
      expect(() => weight.readF32(start, count)).toThrow(RangeError);
    expect(weight.readF32(4, 0)).toHaveLength(0);
  });

  it('are refused when the file has become shorter meanwhile', () => {
    expect(() => tensor(counting(2), [4]).readF32(0, 4)).toThrow(refused('truncated', /ends before byte 16/));
  });
});
