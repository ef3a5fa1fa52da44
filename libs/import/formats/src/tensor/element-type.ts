/** How one element of a tensor is stored. Of the complex and 8-bit ones only the size is known; their values are not read. */
export type ElementType =
  'f64' | 'f32' | 'f16' | 'bf16' | 'i64' | 'i32' | 'i16' | 'i8' | 'u64' | 'u32' | 'u16' | 'u8' | 'bool' | 'f8_e4m3' | 'f8_e5m2' | 'c64' | 'c128';

export const ELEMENT_BYTES = {
  f64: 8,
  f32: 4,
  f16: 2,
  bf16: 2,
  i64: 8,
  i32: 4,
  i16: 2,
  i8: 1,
  u64: 8,
  u32: 4,
  u16: 2,
  u8: 1,
  bool: 1,
  f8_e4m3: 1,
  f8_e5m2: 1,
  c64: 8,
  c128: 16,
} as const satisfies Readonly<Record<ElementType, number>>;
