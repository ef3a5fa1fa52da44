import { type GgufMetadata, type GgufNumberType, type GgufValue } from './gguf-value';
import { GrowingBytes } from './growing-bytes';
import { type PlannedTensor } from './planned-tensor';
import { paddedTo, tensorBytes, tensorTypeId } from './tensor-layout';

const MAGIC = 'GGUF';
const VERSION = 3;
const BOOL = 7;
const STRING = 8;
const ARRAY = 9;
const NUMBERS: Readonly<Record<GgufNumberType, { readonly id: number; readonly write: (bytes: GrowingBytes, value: number) => void }>> = {
  u8: { id: 0, write: (bytes, value) => bytes.u8(value) },
  i8: { id: 1, write: (bytes, value) => bytes.i8(value) },
  u16: { id: 2, write: (bytes, value) => bytes.u16(value) },
  i16: { id: 3, write: (bytes, value) => bytes.i16(value) },
  u32: { id: 4, write: (bytes, value) => bytes.u32(value) },
  i32: { id: 5, write: (bytes, value) => bytes.i32(value) },
  f32: { id: 6, write: (bytes, value) => bytes.f32(value) },
  u64: { id: 10, write: (bytes, value) => bytes.u64(value) },
  i64: { id: 11, write: (bytes, value) => bytes.i64(value) },
  f64: { id: 12, write: (bytes, value) => bytes.f64(value) },
};

/** All in front of the weights, padded so that they can follow. */
export function ggufHead(metadata: GgufMetadata, tensors: readonly PlannedTensor[]): Uint8Array {
  const bytes = new GrowingBytes();
  bytes.latin1(MAGIC);
  bytes.u32(VERSION);
  bytes.u64(tensors.length);
  bytes.u64(metadata.size);
  metadata.forEach((value, key) => {
    bytes.text(key);
    writeValue(bytes, value);
  });
  let offset = 0;
  for (const tensor of tensors) {
    writeTensorInfo(bytes, tensor, offset);
    offset += paddedTo(tensorBytes(tensor));
  }
  bytes.zeros(paddedTo(bytes.length) - bytes.length);
  return bytes.taken();
}

function writeTensorInfo(bytes: GrowingBytes, { name, shape, type }: PlannedTensor, offset: number): void {
  bytes.text(name);
  bytes.u32(shape.length);
  for (const size of shape.toReversed()) bytes.u64(size);
  bytes.u32(tensorTypeId(type));
  bytes.u64(offset);
}

function writeValue(bytes: GrowingBytes, value: GgufValue): void {
  switch (value.type) {
    case 'bool':
      bytes.u32(BOOL);
      return bytes.u8(value.value ? 1 : 0);
    case 'string':
      bytes.u32(STRING);
      return bytes.text(value.value);
    case 'array':
      bytes.u32(ARRAY);
      return writeArray(bytes, value);
    default:
      bytes.u32(NUMBERS[value.type].id);
      return NUMBERS[value.type].write(bytes, value.value);
  }
}

function writeArray(bytes: GrowingBytes, array: Extract<GgufValue, { type: 'array' }>): void {
  bytes.u32(array.of === 'string' ? STRING : array.of === 'bool' ? BOOL : NUMBERS[array.of].id);
  bytes.u64(array.value.length);
  switch (array.of) {
    case 'string':
      return array.value.forEach((item) => bytes.text(item));
    case 'bool':
      return array.value.forEach((item) => bytes.u8(item ? 1 : 0));
    default: {
      const { write } = NUMBERS[array.of];
      return array.value.forEach((item) => write(bytes, item));
    }
  }
}
