import { type ElementType } from '../tensor/element-type';

/** What the class of a storage says about its elements. */
export const STORAGE_TYPES: Readonly<Record<string, ElementType>> = {
  'torch.DoubleStorage': 'f64',
  'torch.FloatStorage': 'f32',
  'torch.HalfStorage': 'f16',
  'torch.BFloat16Storage': 'bf16',
  'torch.LongStorage': 'i64',
  'torch.IntStorage': 'i32',
  'torch.ShortStorage': 'i16',
  'torch.CharStorage': 'i8',
  'torch.ByteStorage': 'u8',
  'torch.BoolStorage': 'bool',
  'torch.ComplexFloatStorage': 'c64',
  'torch.ComplexDoubleStorage': 'c128',
};

/** The storage of newer types says only bytes; the tensor says what they are. */
export const UNTYPED_STORAGE = new Set(['torch.storage.UntypedStorage', 'torch.UntypedStorage']);

export const TENSOR_TYPES: Readonly<Record<string, ElementType>> = {
  'torch.float64': 'f64',
  'torch.float32': 'f32',
  'torch.float16': 'f16',
  'torch.bfloat16': 'bf16',
  'torch.int64': 'i64',
  'torch.int32': 'i32',
  'torch.int16': 'i16',
  'torch.int8': 'i8',
  'torch.uint64': 'u64',
  'torch.uint32': 'u32',
  'torch.uint16': 'u16',
  'torch.uint8': 'u8',
  'torch.bool': 'bool',
  'torch.float8_e4m3fn': 'f8_e4m3',
  'torch.float8_e5m2': 'f8_e5m2',
  'torch.complex64': 'c64',
  'torch.complex128': 'c128',
};
