import { INSTRUCTIONS, STOP } from './instructions';

/** As Python's `pickletools` calls them. */
const TORCH_WRITES: Readonly<Record<string, number>> = {
  APPEND: 0x61,
  APPENDS: 0x65,
  BINFLOAT: 0x47,
  BINGET: 0x68,
  BININT: 0x4a,
  BININT1: 0x4b,
  BININT2: 0x4d,
  BINPERSID: 0x51,
  BINPUT: 0x71,
  BINUNICODE: 0x58,
  BUILD: 0x62,
  EMPTY_DICT: 0x7d,
  EMPTY_LIST: 0x5d,
  EMPTY_TUPLE: 0x29,
  GLOBAL: 0x63,
  LONG_BINGET: 0x6a,
  LONG_BINPUT: 0x72,
  MARK: 0x28,
  NEWFALSE: 0x89,
  NEWOBJ: 0x81,
  NEWTRUE: 0x88,
  NONE: 0x4e,
  PROTO: 0x80,
  REDUCE: 0x52,
  SETITEM: 0x73,
  SETITEMS: 0x75,
  TUPLE: 0x74,
  TUPLE1: 0x85,
  TUPLE2: 0x86,
};

const NEWER_PROTOCOLS: Readonly<Record<string, number>> = {
  ADDITEMS: 0x90,
  BINBYTES: 0x42,
  BINBYTES8: 0x8e,
  BINUNICODE8: 0x8d,
  BYTEARRAY8: 0x96,
  EMPTY_SET: 0x8f,
  FRAME: 0x95,
  FROZENSET: 0x91,
  LONG1: 0x8a,
  LONG4: 0x8b,
  MEMOIZE: 0x94,
  SHORT_BINBYTES: 0x43,
  SHORT_BINUNICODE: 0x8c,
  STACK_GLOBAL: 0x93,
  TUPLE3: 0x87,
};

const REFUSED: Readonly<Record<string, number>> = {
  BINSTRING: 0x54,
  DICT: 0x64,
  DUP: 0x32,
  EXT1: 0x82,
  EXT2: 0x83,
  EXT4: 0x84,
  FLOAT: 0x46,
  GET: 0x67,
  INST: 0x69,
  INT: 0x49,
  LIST: 0x6c,
  LONG: 0x4c,
  NEWOBJ_EX: 0x92,
  NEXT_BUFFER: 0x97,
  OBJ: 0x6f,
  PERSID: 0x50,
  POP: 0x30,
  POP_MARK: 0x31,
  PUT: 0x70,
  READONLY_BUFFER: 0x98,
  SHORT_BINSTRING: 0x55,
  STRING: 0x53,
  UNICODE: 0x56,
};

const isUnderstood = (code: number): boolean => INSTRUCTIONS[code] !== undefined;

describe('the instructions of a pickle', () => {
  it.each(Object.entries(TORCH_WRITES))('are understood where torch.save writes them: %s', (_name, code) => {
    expect(isUnderstood(code)).toBe(true);
  });

  it.each(Object.entries(NEWER_PROTOCOLS))('are understood where newer protocols have the same: %s', (_name, code) => {
    expect(isUnderstood(code)).toBe(true);
  });

  it.each(Object.entries(REFUSED))('are refused where they are old, or make objects in other ways: %s', (_name, code) => {
    expect(isUnderstood(code)).toBe(false);
  });

  it('are no others than these, of 256, and the one that ends', () => {
    const understood = Array.from({ length: 256 }, (_, code) => code).filter(isUnderstood);
    const allowed = [...Object.values(TORCH_WRITES), ...Object.values(NEWER_PROTOCOLS)];
    expect(understood).toEqual(allowed.toSorted((one, other) => one - other));
    expect([STOP, isUnderstood(STOP)]).toEqual([0x2e, false]);
  });
});
