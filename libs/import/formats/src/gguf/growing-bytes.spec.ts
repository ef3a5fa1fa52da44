import { GrowingBytes } from './growing-bytes';

describe('growing bytes', () => {
  it('keep a value that does not fit into what they have', () => {
    const bytes = new GrowingBytes();
    bytes.zeros(64 * 1024 - 3);
    bytes.u32(0xdecade);
    bytes.text('é'.repeat(64 * 1024));
    const taken = Buffer.from(bytes.taken());
    expect(taken.readUInt32LE(64 * 1024 - 3)).toBe(0xdecade);
    expect(taken.readBigUInt64LE(64 * 1024 + 1)).toBe(BigInt(128 * 1024));
    expect(taken.toString('utf8', 64 * 1024 + 9)).toBe('é'.repeat(64 * 1024));
  });
});
