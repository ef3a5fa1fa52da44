import { readFileSync } from 'node:fs';
import { type GgufContents, ggufContents } from '@tandem/testing';
import { checkpointFolder } from '../testing/checkpoint-folder';
import { type GgufValue } from './gguf-value';
import { type PlannedTensor } from './planned-tensor';
import { writeGguf } from './write-gguf';

const write = checkpointFolder();

function readBack(metadata: Readonly<Record<string, GgufValue>>, tensors: readonly PlannedTensor[] = []): GgufContents {
  const path = `${write('none', '')}.gguf`;
  writeGguf(path, new Map(Object.entries(metadata)), tensors);
  return ggufContents(readFileSync(path));
}

function planned(name: string, shape: readonly number[], type: PlannedTensor['type'] = 'f32', value = 1): PlannedTensor {
  return { name, shape, type, chunks: () => [new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(value)] };
}

describe('a GGUF that is read back by its specification', () => {
  it('is of version 3', () => {
    expect(readBack({}).version).toBe(3);
  });

  it.each<readonly [GgufValue['type'], GgufValue]>([
    ['u8', { type: 'u8', value: 255 }],
    ['i8', { type: 'i8', value: -128 }],
    ['u16', { type: 'u16', value: 65_535 }],
    ['i16', { type: 'i16', value: -32_768 }],
    ['u32', { type: 'u32', value: 2 ** 32 - 1 }],
    ['i32', { type: 'i32', value: -(2 ** 31) }],
    ['f32', { type: 'f32', value: Math.fround(1e-5) }],
    ['u64', { type: 'u64', value: 2 ** 53 - 1 }],
    ['i64', { type: 'i64', value: -(2 ** 40) }],
    ['f64', { type: 'f64', value: 0.1 }],
    ['bool', { type: 'bool', value: true }],
    ['string', { type: 'string', value: 'naïve ☕ 🦀' }],
    ['array', { type: 'array', of: 'string', value: ['', 'Ġthe', '<0x0A>'] }],
    ['array', { type: 'array', of: 'f32', value: [-1, 0.5] }],
    ['array', { type: 'array', of: 'bool', value: [false, true] }],
    ['array', { type: 'array', of: 'u8', value: [] }],
  ])('says a value of the type %s as it was given: %j', (_type, value) => {
    expect(readBack({ key: value }).metadata.get('key')).toEqual(value.value);
  });

  it('keeps its keys in their order', () => {
    const keys = ['general.architecture', 'llama.block_count', 'a'];
    expect([...readBack(Object.fromEntries(keys.map((key) => [key, { type: 'u32', value: 1 }]))).metadata.keys()]).toEqual(keys);
  });

  it('says the dimensions of a tensor from the innermost out', () => {
    const { tensors } = readBack({}, [planned('blk.0.ffn_up_exps.weight', [2, 3, 4]), planned('output_norm.weight', [5])]);
    expect([...tensors.values()].map(({ dimensions }) => dimensions)).toEqual([[4, 3, 2], [5]]);
  });

  it.each([
    ['f32', 0, 256],
    ['f16', 1, 128],
    ['q8_0', 8, 68],
    ['bf16', 30, 128],
  ] as const)('gives 64 weights as %s the number %i and %i bytes', (type, id, bytes) => {
    const found = readBack({}, [planned('a', [64], type)]).tensors.get('a');
    expect(found?.type).toBe(id);
    expect(found?.data.subarray(bytes).every((byte) => byte === 0)).toBe(true);
    expect(found?.data.length).toBe(Math.ceil(bytes / 32) * 32);
  });

  it('begins every tensor at a multiple of 32 bytes, and its data as well', () => {
    const { tensors, dataStart } = readBack({ odd: { type: 'string', value: 'x' } }, [planned('a', [3]), planned('b', [1], 'f16'), planned('c', [9])]);
    expect(dataStart % 32).toBe(0);
    expect([...tensors.values()].map(({ offset }) => offset)).toEqual([0, 32, 64]);
  });

  it('holds what was rounded to 16 and 8 bits, little-endian', () => {
    const { tensors } = readBack({}, [planned('half', [1], 'f16', 1.5), planned('brain', [1], 'bf16', 1.5), planned('block', [32], 'q8_0', 127)]);
    expect(tensors.get('half')?.data.readUInt16LE()).toBe(0x3e00);
    expect(tensors.get('brain')?.data.readUInt16LE()).toBe(0x3fc0);
    expect(tensors.get('block')?.data.readUInt16LE()).toBe(0x3c00);
    expect(tensors.get('block')?.data.readInt8(2)).toBe(127);
  });
});
