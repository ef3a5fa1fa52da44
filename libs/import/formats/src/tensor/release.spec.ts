import { release } from './release';

describe('memory that is given back', () => {
  it('is gone at once', () => {
    const piece = new Float32Array(64 * 1024);
    release(piece);
    expect(piece.length).toBe(0);
  });

  it('is not what others use too, or what is small', () => {
    const shared = new Uint8Array(128 * 1024);
    const part = shared.subarray(64 * 1024);
    const small = new Float32Array(16);
    for (const piece of [part, small]) release(piece);
    expect([shared.length, part.length, small.length]).toEqual([128 * 1024, 64 * 1024, 16]);
  });
});
