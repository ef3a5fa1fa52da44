import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { ARRAY, BOOL, F32, ggufBytes, STRING, U32 } from '@tandem/testing';
import { checkpointFolder, refused } from '../testing/checkpoint-folder';
import { type GgufMetadata, type GgufValue } from './gguf-value';
import { type PlannedTensor } from './planned-tensor';
import { ggufSizeBytes, writeGguf } from './write-gguf';

const write = checkpointFolder();

function planned(name: string, shape: readonly number[], ...values: readonly number[]): PlannedTensor {
  return { name, shape, type: 'f32', chunks: () => [Float32Array.from(values)] };
}

function written(metadata: GgufMetadata, tensors: readonly PlannedTensor[]): Buffer {
  const path = `${write('none', '')}.gguf`;
  writeGguf(path, metadata, tensors);
  return readFileSync(path);
}

const METADATA = new Map<string, GgufValue>([
  ['general.architecture', { type: 'string', value: 'llama' }],
  ['llama.block_count', { type: 'u32', value: 2 }],
  ['llama.rope.freq_base', { type: 'f32', value: 10_000 }],
  ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
  ['tokenizer.ggml.tokens', { type: 'array', of: 'string', value: ['a', 'ß', ''] }],
  ['tokenizer.ggml.token_type', { type: 'array', of: 'i32', value: [1, -1, 3] }],
]);

describe('a GGUF that is written', () => {
  it('is byte for byte what its metadata and tensors say', () => {
    const expected = ggufBytes({
      metadata: [
        ['general.architecture', STRING, 'llama'],
        ['llama.block_count', U32, 2],
        ['llama.rope.freq_base', F32, 10_000],
        ['tokenizer.ggml.add_bos_token', BOOL, 1],
        ['tokenizer.ggml.tokens', ARRAY, ['a', 'ß', '']],
        ['tokenizer.ggml.token_type', ARRAY, [1, 0xffffffff, 3]],
      ],
      tensors: [
        { name: 'token_embd.weight', dimensions: [3, 2], data: Buffer.from(Float32Array.of(1, 2, 3, 4, 5, 6).buffer) },
        { name: 'output_norm.weight', dimensions: [1], data: Buffer.from(Float32Array.of(7).buffer) },
      ],
    });
    const tensors = [planned('token_embd.weight', [2, 3], 1, 2, 3, 4, 5, 6), planned('output_norm.weight', [1], 7)];
    expect(written(METADATA, tensors)).toEqual(expected);
    expect(ggufSizeBytes(METADATA, tensors)).toBe(expected.length);
  });

  it('holds a vocabulary of 50,257 tokens', () => {
    const tokens = Array.from({ length: 50_257 }, (_, index) => `token ${index}`);
    const file = written(new Map([['tokenizer.ggml.tokens', { type: 'array', of: 'string', value: tokens }]]), []);
    expect(file.includes(Buffer.from('token 50256'))).toBe(true);
    expect(file.length % 32).toBe(0);
  });

  it('takes pieces of any length, and bytes as they are', () => {
    const half = new Uint8Array(Uint16Array.of(0x3c00, 0x4000, 0x4200, 0x4400).buffer);
    const tensors: PlannedTensor[] = [
      { name: 'a', shape: [4, 1], type: 'f16', chunks: () => [Float32Array.of(1), { bytes: half.subarray(2, 6) }, Float32Array.of(4)] },
      { name: 'b', shape: [2, 32], type: 'q8_0', chunks: () => [new Float32Array(32), { bytes: new Uint8Array(34).fill(7) }] },
    ];
    const file = written(new Map(), tensors);
    expect(new Uint8Array(file.subarray(-128, -120))).toEqual(half);
    expect([...file.subarray(-96, -28)]).toEqual([...new Uint8Array(34), ...new Uint8Array(34).fill(7)]);
  });

  it('is written a few megabytes at a time, and says how far it is', () => {
    const columns = 1024;
    const rows = 6 * 1024;
    const chunks = function* (): Iterable<Float32Array> {
      for (let row = 0; row < rows; row += 3 * 1024) yield new Float32Array(3 * 1024 * columns).fill(0.5);
    };
    const progress: (readonly [number, number])[] = [];
    const path = `${write('none', '')}.gguf`;
    writeGguf(path, new Map(), [{ name: 'a', shape: [rows, columns], type: 'f16', chunks }], (...step) => progress.push(step));
    const total = statSync(path).size;
    expect(progress.length).toBeGreaterThanOrEqual(6);
    expect(progress.every(([done], index) => done >= (progress[index - 1]?.[0] ?? 0) && done <= total)).toBe(true);
    expect(progress.at(-1)).toEqual([total, total]);
  });

  it('may go to a file that is open already, which stays open', () => {
    const path = write('model.partial', '');
    const descriptor = openSync(path, 'w');
    writeGguf(descriptor, METADATA, []);
    closeSync(descriptor);
    expect(readFileSync(path).toString('latin1', 0, 4)).toBe('GGUF');
  });

  it('never takes the place of a file that is there', () => {
    expect(() => writeGguf(write('model.gguf', 'mine'), new Map(), [])).toThrow('EEXIST');
  });

  it('is not finished with a weight that is no number', () => {
    expect(() => written(new Map(), [planned('blk.0.ffn_up.weight', [1, 2], 0, NaN)])).toThrow(refused('not-finite', /weight 1 of .*blk\.0\.ffn_up\.weight/));
  });

  it.each<readonly [string, PlannedTensor]>([
    ['fewer elements than its shape', planned('a', [2, 2], 1, 2)],
    ['more elements than its shape', planned('a', [2], 1, 2, 3)],
    ['rows that are no blocks', { ...planned('a', [2, 16], ...new Array<number>(32).fill(1)), type: 'q8_0' }],
    ['five dimensions', planned('a', [1, 1, 1, 1, 1], 1)],
    ['no dimension', planned('a', [], 1)],
    ['a name of 64 bytes', planned('a'.repeat(64), [1], 1)],
  ])('is an error with a tensor of %s', (_, tensor) => {
    expect(() => written(new Map(), [tensor])).toThrow(RangeError);
  });

  it('is an error with a number that its type cannot hold', () => {
    expect(() => written(new Map([['a', { type: 'u32', value: -1 }]]), [])).toThrow(/out of range/);
    expect(() => written(new Map([['a', { type: 'i32', value: 2 ** 31 }]]), [])).toThrow(/out of range/);
  });
});
