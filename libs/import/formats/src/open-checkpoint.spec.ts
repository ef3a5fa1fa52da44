import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pickledDictionary, pickledTensor, safetensorsBytes, torchFileBytes } from '@tandem/testing';
import { type CheckpointFile } from './checkpoint-file';
import { openCheckpoint, openSafetensors } from './open-checkpoint';
import { checkpointFolder, floatBytes, refused } from './testing/checkpoint-folder';

const write = checkpointFolder();
let opened: CheckpointFile | null = null;
afterEach(() => opened?.close());

const INDEX = 'model.safetensors.index.json';
const PARTS = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const;

function safetensors(...names: readonly string[]): Buffer {
  return safetensorsBytes({ tensors: Object.fromEntries(names.map((name) => [name, { dtype: 'F32', shape: [1], data: floatBytes(name.charCodeAt(0)) }])) });
}

function torch(name: string): Buffer {
  return torchFileBytes({ value: pickledDictionary({ [name]: pickledTensor({ key: '0', shape: [1] }) }), storages: { 0: floatBytes(1) } });
}

function index(weightMap: unknown): string {
  return JSON.stringify({ metadata: { total_size: 8 }, weight_map: weightMap });
}

function open(path: string): CheckpointFile {
  opened = openCheckpoint(path);
  return opened;
}

/** Two parts and the index over them; returns the index. */
function sharded(weightMap: unknown = { a: PARTS[0], b: PARTS[1] }): string {
  write(PARTS[0], safetensors('a'));
  write(PARTS[1], safetensors('b'));
  return write(INDEX, index(weightMap));
}

describe('a checkpoint', () => {
  it('is known by its first bytes and not by its name', () => {
    expect(open(write('weights.bin', safetensors('a')))).toMatchObject({ format: 'safetensors' });
    opened?.close();
    expect(open(write('weights.ckpt', torch('a')))).toMatchObject({ format: 'torch' });
  });

  it.each([
    ['empty', '', 'truncated', /is empty/],
    ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:00', 'truncated', /git lfs pull/],
    ['a GGUF', 'GGUF\x03\0\0\0', 'unknown-format', /not a file of torch\.save/],
  ])('is refused when it is %s', (_, bytes, kind, message) => {
    expect(() => open(write('best.pt', bytes))).toThrow(refused(kind, message));
  });
});

describe('a checkpoint in several files', () => {
  it('is one, by its index or by any of its parts', () => {
    const folder = dirname(sharded());
    for (const name of [INDEX, ...PARTS]) {
      const file = open(join(folder, name));
      expect([...file.tensors.keys()]).toEqual(['a', 'b']);
      expect([...file.tensors.get('b')!.readF32(0, 1)]).toEqual([98]);
      expect(file.paths).toHaveLength(2);
      file.close();
      expect(() => file.tensors.get('a')!.readF32(0, 1)).toThrow('closed');
    }
    opened = openSafetensors(join(folder, INDEX));
    expect(opened.tensors.size).toBe(2);
  });

  it('needs no index when its parts are numbered', () => {
    write(PARTS[1], safetensors('b'));
    expect([...open(write(PARTS[0], safetensors('a'))).tensors.keys()]).toEqual(['a', 'b']);
  });

  it('may be one of torch.save', () => {
    write('pytorch_model-00001-of-00002.bin', torch('a'));
    write('pytorch_model-00002-of-00002.bin', torch('b'));
    const path = write('pytorch_model.bin.index.json', index({ a: 'pytorch_model-00001-of-00002.bin', b: 'pytorch_model-00002-of-00002.bin' }));
    expect(open(path)).toMatchObject({ format: 'torch', value: null });
    expect([...(opened?.tensors.keys() ?? [])]).toEqual(['a', 'b']);
  });

  it('may be links into a cache, which all lead to one folder', () => {
    const path = write('x', '');
    const [blobs, snapshot] = ['blobs', 'snapshots'].map((name) => join(dirname(path), name)) as [string, string];
    for (const folder of [blobs, snapshot]) mkdirSync(folder);
    const files = { [INDEX]: index({ a: PARTS[0], b: PARTS[1] }), [PARTS[0]]: safetensors('a'), [PARTS[1]]: safetensors('b') };
    Object.entries(files).forEach(([name, bytes], number) => {
      write(`blobs/${number}f00`, bytes);
      symlinkSync(`../blobs/${number}f00`, join(snapshot, name));
    });
    expect([...open(join(snapshot, INDEX)).tensors.keys()]).toEqual(['a', 'b']);
    opened?.close();
    expect([...open(join(snapshot, PARTS[1])).tensors.keys()]).toEqual(['a', 'b']);
  });

  it.each([
    ['../other/model.safetensors', /outside of its folder/],
    ['/etc/passwd', /outside of its folder/],
    ['sub/model.safetensors', /outside of its folder/],
    ['..', /outside of its folder/],
    ['.', /outside of its folder/],
    ['', /outside of its folder/],
    ['a\\b', /outside of its folder/],
    ['a\0b', /outside of its folder/],
  ])('is refused when it names the part %j', (name, message) => {
    expect(() => open(sharded({ a: PARTS[0], b: name }))).toThrow(refused('shard-outside', message));
  });

  it('is refused when a part is a link that leads elsewhere', () => {
    const path = sharded({ a: PARTS[0], b: 'linked.safetensors' });
    symlinkSync(process.execPath, join(dirname(path), 'linked.safetensors'));
    expect(() => open(path)).toThrow(refused('shard-outside', /"linked\.safetensors"/));
  });

  it.each<readonly [string, unknown, string, RegExp]>([
    ['a part is not there', { a: PARTS[0], b: 'model-00003-of-00003.safetensors' }, 'shard-missing', /"model-00003-of-00003\.safetensors".*is not there/],
    ['a tensor is not where the index says', { a: PARTS[1], b: PARTS[1] }, 'damaged', /"a" is not in the part/],
    ['a tensor is nowhere', { a: PARTS[0], b: PARTS[1], c: PARTS[1] }, 'damaged', /"c" is not in the part/],
    ['the index names no tensor', {}, 'damaged', /names no tensor/],
    ['the index names numbers', { a: 1 }, 'damaged', /does not say where/],
    ['the index has no list', null, 'damaged', /no JSON object/],
  ])('is refused when %s', (_, weightMap, kind, message) => {
    expect(() => open(sharded(weightMap))).toThrow(refused(kind, message));
  });

  it('is refused when a numbered part is missing', () => {
    expect(() => open(write(PARTS[0], safetensors('a')))).toThrow(refused('shard-missing', /model-00002-of-00002/));
  });

  it('is refused when two parts hold one tensor', () => {
    write(PARTS[1], safetensors('a'));
    expect(() => open(write(PARTS[0], safetensors('a')))).toThrow(refused('damaged', /in two of its parts/));
  });

  it('is refused when its index is no index', () => {
    expect(() => open(write(INDEX, '{"metadata":{}}'))).toThrow(refused('damaged', /no weight_map/));
    expect(() => open(write(INDEX, 'weights'))).toThrow(refused('damaged', /no JSON object/));
  });

  it('is refused when it claims 99,999 parts', () => {
    expect(() => open(write('model-00001-of-99999.safetensors', safetensors('a')))).toThrow(refused('too-large', /over 1000 parts/));
  });
});
