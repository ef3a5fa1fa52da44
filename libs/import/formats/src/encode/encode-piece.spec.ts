import { readFileSync } from 'node:fs';
import { type GgufTensorType } from '../gguf/planned-tensor';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { BLOCK, checkPiece, encodePiece } from './encode-piece';

const PART = { name: 'blk.0.ffn_up.weight', firstElement: 64 };
const vectors = JSON.parse(readFileSync(new URL('../../fixtures/encoded-floats.json', import.meta.url), 'utf8')) as Readonly<Record<string, string>>;

function vector(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(vectors[name] ?? '', 'base64'));
}

function encoded(values: Float32Array, type: GgufTensorType): Uint8Array {
  const { elements, bytes } = BLOCK[type];
  return encodePiece(values, type, new Uint8Array((values.length / elements) * bytes), PART);
}

function block(first: number): Float32Array {
  return Float32Array.from({ length: 32 }, (_, index) => (index === 3 ? first : 0.5));
}

describe('the encoders', () => {
  const values = new Float32Array(vector('f32').buffer);

  it.each(['f32', 'f16', 'bf16', 'q8_0'] as const)('give the bytes of the gguf package for %s', (type) => {
    expect(values.length).toBeGreaterThan(2_000);
    expect(Buffer.from(encoded(values, type)).equals(vector(type))).toBe(true);
  });

  it.each(['f32', 'f16', 'bf16', 'q8_0'] as const)('refuse a NaN or an infinity for %s, and say where it is', (type) => {
    for (const wrong of [NaN, Infinity, -Infinity]) {
      expect(() => encoded(block(wrong), type)).toThrow(
        expect.objectContaining({ kind: 'not-finite', message: expect.stringMatching(/weight 67 of .*ffn_up/) }),
      );
    }
  });

  it.each([
    ['f16', 65_520],
    ['bf16', 3.4028235e38],
    ['q8_0', 1e7],
  ] as const)('refuse what %s cannot hold', (type, large) => {
    expect(() => encoded(block(large), type)).toThrow(expect.objectContaining({ kind: 'out-of-range', message: expect.stringMatching(/IMPORT_TYPE=f32/) }));
  });

  it('hold the largest value of 16 bits', () => {
    expect([...new Uint16Array(encoded(block(65_519), 'f16').slice().buffer)][3]).toBe(0x7bff);
  });

  it.each([
    ['f32', 4, [0, 0, 0xc0, 0x7f]],
    ['f16', 2, [0x01, 0xfe]],
    ['bf16', 2, [0x80, 0x7f]],
  ] as const)('refuse a NaN or an infinity in bytes that are %s already, wherever they lie in memory', (type, width, bytes) => {
    const unaligned = new Uint8Array(1 + 3 * width).subarray(1);
    unaligned.set(bytes, 2 * width);
    expect(() => checkPiece(unaligned, type, PART)).toThrow(RefusedCheckpoint);
    expect(() => checkPiece(unaligned.subarray(0, 2 * width), type, PART)).not.toThrow();
  });
});
