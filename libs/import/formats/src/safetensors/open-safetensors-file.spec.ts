import { type SafetensorsBytes, safetensorsBytes, type SafetensorsEntryBytes } from '@tandem/testing';
import { type CheckpointFile } from '../checkpoint-file';
import { checkpointFolder, floatBytes, refused } from '../testing/checkpoint-folder';
import { openSafetensorsFile } from './open-safetensors-file';

const write = checkpointFolder();
let opened: CheckpointFile | null = null;
afterEach(() => opened?.close());

function open(file: SafetensorsBytes): CheckpointFile {
  opened = openSafetensorsFile(write('model.safetensors', safetensorsBytes(file)));
  return opened;
}

function tensor(...values: readonly number[]): SafetensorsEntryBytes {
  return { dtype: 'F32', shape: [values.length], data: floatBytes(...values) };
}

describe('a safetensors file', () => {
  it('gives its tensors and its metadata', () => {
    const file = open({ tensors: { a: tensor(1, 2), b: { ...tensor(3, 4, 5, 6), shape: [2, 2] } }, metadata: { format: 'pt' } });
    expect([...file.tensors.keys()]).toEqual(['a', 'b']);
    expect([...file.tensors.get('b')!.readF32(1, 2)]).toEqual([4, 5]);
    expect(file.metadata).toEqual(new Map([['format', 'pt']]));
    expect(file).toMatchObject({ format: 'safetensors', value: null });
  });

  it('may hold a number, an empty tensor, names with quotes and spaces around its header', () => {
    const empty = { dtype: 'F32', shape: [0, 4], data: Buffer.alloc(0) };
    const file = open({ tensors: { empty, 'a "b" \\ {': tensor(1), one: { ...tensor(7), shape: [] } } });
    expect([...file.tensors.keys()]).toEqual(['empty', 'a "b" \\ {', 'one']);
    expect([...file.tensors.get('one')!.readF32(0, 1)]).toEqual([7]);
    expect(file.tensors.get('empty')!.readF32(0, 0)).toHaveLength(0);
  });

  it.each([
    ['F64', Float64Array.of(0.1)],
    ['F16', Uint16Array.of(0x2e66)],
    ['BF16', Uint16Array.of(0x3dcd)],
  ])('reads %s', (dtype, values) => {
    const [value] = open({ tensors: { a: { dtype, shape: [1], data: Buffer.from(values.buffer) } } })
      .tensors.get('a')!
      .readF32(0, 1);
    expect(value).toBeCloseTo(0.1, 3);
  });
});

describe('a safetensors file that cannot be right', () => {
  const header = (text: string): SafetensorsBytes => ({ header: text });
  const entry = (text: string): SafetensorsBytes => header(`{"a":${text}}`);

  it.each<readonly [string, SafetensorsBytes, string, RegExp]>([
    ['a header of 1 TB', { headerBytes: 10n ** 12n }, 'too-large', /header of 1000000000000 bytes/],
    ['a header of 2^64 - 1 bytes', { headerBytes: 2n ** 64n - 1n }, 'too-large', /header of/],
    ['a header past the end', { headerBytes: 99_000_000n }, 'truncated', /ends within its header/],
    ['no JSON', header('weights'), 'damaged', /no JSON object/],
    ['half a header', header('{"a":{"dtype":"F32"'), 'damaged', /breaks off/],
    ['a text that does not end', header('{"a":"'), 'damaged', /breaks off/],
    ['something behind its header', header('{} {}'), 'damaged', /follows its end/],
    ['a key without quotes', header('{a:1}'), 'damaged', /no JSON/],
    ['a tensor that is a number', entry('1'), 'damaged', /not described/],
    ['a tensor without a place', entry('{"dtype":"F32","shape":[1]}'), 'damaged', /impossible shape or place/],
    ['a negative size', entry('{"dtype":"F32","shape":[-1],"data_offsets":[4,0]}'), 'damaged', /impossible shape or place/],
    ['half a size', entry('{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}'), 'damaged', /impossible shape or place/],
    ['three offsets', entry('{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}'), 'damaged', /impossible shape or place/],
    ['a size beyond 53 bits', entry('{"dtype":"F32","shape":[1e300],"data_offsets":[0,4]}'), 'damaged', /impossible shape or place/],
    [
      'sizes whose product is endless',
      entry('{"dtype":"F32","shape":[9000000000000000,9000000000000000],"data_offsets":[0,4]}'),
      'damaged',
      /room for 4 bytes/,
    ],
    ['an unknown type', entry('{"dtype":"F4","shape":[1],"data_offsets":[0,4]}'), 'unsupported-tensor', /of the type "F4"/],
    ['a type that every object has', entry('{"dtype":"constructor","shape":[1],"data_offsets":[0,4]}'), 'unsupported-tensor', /constructor/],
    ['another shape than bytes', { tensors: { a: { ...tensor(1, 2), shape: [3] } } }, 'damaged', /room for 8 bytes and needs 12/],
    ['a tensor past the end', { tensors: { a: tensor(1), b: { ...tensor(1), offsets: [8, 12] } } }, 'damaged', /past the end/],
    ['two tensors over the same bytes', { tensors: { a: tensor(1, 2), b: { ...tensor(3), offsets: [4, 8] } } }, 'damaged', /shares bytes/],
    ['a gap', { tensors: { a: tensor(1), b: { ...tensor(1, 2), shape: [1], offsets: [8, 12] } } }, 'damaged', /belong to none/],
    ['bytes at the end', { tensors: { a: { ...tensor(1, 2), shape: [1], offsets: [0, 4] } } }, 'damaged', /last 4 bytes/],
    [
      'one tensor twice',
      header('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}'),
      'damaged',
      /twice/,
    ],
    ['metadata that is no text', { metadata: { a: 1 } }, 'damaged', /no text/],
    ['metadata twice', header('{"__metadata__":{},"__metadata__":{}}'), 'damaged', /twice/],
    ['ten million brackets', entry('['.repeat(10_000_000)), 'damaged', /breaks off/],
    ['a list of 2 MB', entry(`[${'1,'.repeat(1_000_000)}1]`), 'damaged', /2000003 bytes long/],
  ])('is refused: %s', (_, file, kind, message) => {
    expect(() => open(file)).toThrow(refused(kind, message));
  });

  it('is refused when it is cut short', () => {
    const whole = safetensorsBytes({ tensors: { a: tensor(1, 2, 3, 4) } });
    for (let length = 0; length < whole.length; length += 5) {
      expect(() => openSafetensorsFile(write('model.safetensors', whole.subarray(0, length)))).toThrow(expect.objectContaining({ name: 'RefusedCheckpoint' }));
    }
  });
});
