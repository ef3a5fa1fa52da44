import { type ElementType } from '../tensor/element-type';

export const SAFETENSORS_TYPES: Readonly<Record<string, ElementType>> = {
  F64: 'f64',
  F32: 'f32',
  F16: 'f16',
  BF16: 'bf16',
  I64: 'i64',
  I32: 'i32',
  I16: 'i16',
  I8: 'i8',
  U64: 'u64',
  U32: 'u32',
  U16: 'u16',
  U8: 'u8',
  BOOL: 'bool',
  F8_E4M3: 'f8_e4m3',
  F8_E5M2: 'f8_e5m2',
  C64: 'c64',
};
