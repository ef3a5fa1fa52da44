import { pickledCall, pickledDictionary, pickledInteger, pickledName, pickledStorage, pickledTensor, pickledTuple, torchFileBytes } from '@tandem/testing';
import { type CheckpointFile } from '../checkpoint-file';
import { type ElementType } from '../tensor/element-type';
import { checkpointFolder, floatBytes, refused } from '../testing/checkpoint-folder';
import { openTorchFile } from './open-torch-file';

const write = checkpointFolder();
const opened: CheckpointFile[] = [];
afterEach(() => opened.splice(0).forEach((file) => file.close()));

function open(file: Parameters<typeof torchFileBytes>[0]): CheckpointFile {
  const one = openTorchFile(write('best.pt', torchFileBytes(file)));
  opened.push(one);
  return one;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): Buffer => Buffer.from(buffer, byteOffset, byteLength);

describe('the elements of tensors in a file of torch.save', () => {
  it.each<readonly [storage: string, ElementType, ArrayBufferView<ArrayBuffer>, values: readonly number[]]>([
    ['DoubleStorage', 'f64', Float64Array.of(1.5, -2), [1.5, -2]],
    ['FloatStorage', 'f32', Float32Array.of(1.5, -2), [1.5, -2]],
    ['HalfStorage', 'f16', Uint16Array.of(0x3e00, 0xc000), [1.5, -2]],
    ['BFloat16Storage', 'bf16', Uint16Array.of(0x3fc0, 0xc000), [1.5, -2]],
    ['LongStorage', 'i64', BigInt64Array.of(3n, -2n), [3, -2]],
    ['IntStorage', 'i32', Int32Array.of(3, -2), [3, -2]],
    ['ShortStorage', 'i16', Int16Array.of(3, -2), [3, -2]],
    ['CharStorage', 'i8', Int8Array.of(3, -2), [3, -2]],
    ['ByteStorage', 'u8', Uint8Array.of(3, 254), [3, 254]],
    ['BoolStorage', 'bool', Uint8Array.of(1, 0), [1, 0]],
  ])('of a %s are %s', (storage, type, data, values) => {
    const tensor = open({ value: pickledDictionary({ weight: pickledTensor({ key: '0', shape: [2], storage }) }), storages: { 0: bytesOf(data) } }).tensors.get(
      'weight',
    );
    expect(tensor?.type).toBe(type);
    expect([...(tensor?.readF32(0, 2) ?? [])]).toEqual(values);
  });

  it.each([
    ['ComplexFloatStorage', 8, /holds elements of the type c64/],
    ['ComplexDoubleStorage', 16, /holds elements of the type c128/],
  ])('of a %s are listed, and refused once they are read', (storage, width, sentence) => {
    const file = open({ value: pickledDictionary({ weight: pickledTensor({ key: '0', shape: [1], storage }) }), storages: { 0: Buffer.alloc(width) } });
    expect(() => file.tensors.get('weight')?.readF32(0, 1)).toThrow(refused('unsupported-tensor', sentence));
  });

  /** As PyTorch writes a tensor of a type that has no storage class of its own: the tensor says the type. */
  const typed = (type: string, count: number, storage = 'UntypedStorage') =>
    pickledCall(
      pickledName('torch._utils', '_rebuild_tensor_v3'),
      pickledStorage({ key: '0', shape: [count], storage, storageCount: 8 }),
      pickledInteger(0),
      pickledTuple(pickledInteger(count)),
      pickledTuple(pickledInteger(1)),
      Buffer.of(0x89),
      pickledDictionary({}),
      pickledName('torch', type),
    );

  it.each([
    ['uint16', 'u16', 4],
    ['uint32', 'u32', 2],
    ['uint64', 'u64', 1],
    ['float8_e4m3fn', 'f8_e4m3', 8],
    ['float8_e5m2', 'f8_e5m2', 8],
  ] as const)('that only the tensor names, as %s, are %s', (type, expected, count) => {
    const file = open({ value: pickledDictionary({ weight: typed(type, count) }), storages: { 0: Buffer.alloc(8) } });
    expect(file.tensors.get('weight')).toMatchObject({ type: expected, shape: [count] });
  });

  it('are not more than their storage has bytes', () => {
    const file = (): CheckpointFile => open({ value: pickledDictionary({ weight: typed('uint32', 3) }), storages: { 0: Buffer.alloc(8) } });
    expect(file).toThrow(refused('damaged', /a tensor over the storage "0" reaches to byte 12 of 8/));
  });

  it.each(['quint8', 'float4_e2m1fn_x2', 'constructor'])('of the type %s are refused by its name', (type) => {
    expect(() => open({ value: pickledDictionary({ weight: typed(type, 1) }), storages: { 0: Buffer.alloc(8) } })).toThrow(
      refused('unsupported-tensor', new RegExp(`"torch\\.${type}".*; save plain float32, float16 or bfloat16 tensors\\.$`)),
    );
  });
});

describe('tensors that share a storage', () => {
  const SIX = floatBytes(0, 1, 2, 3, 4, 5);

  it('are each read at its own place, with its own strides', () => {
    const over = { key: '0', storageCount: 6 };
    const value = pickledDictionary({
      'wte.weight': pickledTensor({ ...over, shape: [2, 3] }),
      'lm_head.weight': pickledTensor({ ...over, shape: [2, 3] }),
      'transposed.weight': pickledTensor({ ...over, shape: [3, 2], strides: [1, 3] }),
      'row.weight': pickledTensor({ ...over, shape: [3], offset: 3 }),
      'expanded.weight': pickledTensor({ ...over, shape: [2, 2], strides: [0, 1], offset: 4 }),
    });
    const { tensors } = open({ value, storages: { 0: SIX } });
    const values = [...tensors.values()].map((tensor) => [
      ...tensor.readF32(
        0,
        tensor.shape.reduce((product, size) => product * size, 1),
      ),
    ]);
    expect(values).toEqual([
      [0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3, 4, 5],
      [0, 3, 1, 4, 2, 5],
      [3, 4, 5],
      [4, 5, 4, 5],
    ]);
  });

  it('are read in parts that cross their rows', () => {
    const value = pickledDictionary({ weight: pickledTensor({ key: '0', storageCount: 6, shape: [3, 2], strides: [1, 3] }) });
    const tensor = open({ value, storages: { 0: SIX } }).tensors.get('weight');
    expect([...(tensor?.readF32(1, 4) ?? [])]).toEqual([3, 1, 4, 2]);
  });
});
