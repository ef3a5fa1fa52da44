import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkpointFixture } from '@tandem/testing';
import { openCheckpoint } from '../open-checkpoint';
import { checkpointFolder, refused } from '../testing/checkpoint-folder';
import { shardsOf } from './shard-index';

const write = checkpointFolder();
const { folder } = checkpointFixture('hf-llama');
const INDEX = 'model.safetensors.index.json';
const PARTS = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const;
const NORM = 'model.norm.weight';

interface IndexDocument {
  readonly weight_map: Record<string, string>;
}

/** A copy of the Llama in two parts, whose index says what it is told to; returns the index. */
function copied(change: (map: Record<string, string>) => void): string {
  const index = JSON.parse(readFileSync(join(folder, INDEX), 'utf8')) as IndexDocument;
  change(index.weight_map);
  const path = write(INDEX, JSON.stringify(index));
  for (const part of PARTS) copyFileSync(join(folder, part), join(dirname(path), part));
  return path;
}

describe('the parts of a Hugging Face folder', () => {
  it.each([INDEX, ...PARTS])('are found from any of its files, with what lies where: %s', (name) => {
    const shards = shardsOf(join(folder, name));
    expect(shards?.paths.map((path) => basename(path))).toEqual([...PARTS]);
    expect(basename(shards?.placement?.get('lm_head.weight') ?? '')).toBe(PARTS[0]);
    expect(basename(shards?.placement?.get(NORM) ?? '')).toBe(PARTS[1]);
  });

  it('are found by their numbers where there is no index, which says nothing about what lies where', () => {
    const path = copied(() => undefined);
    rmSync(path);
    const shards = shardsOf(join(dirname(path), PARTS[1]));
    expect(shards?.paths.map((one) => basename(one))).toEqual([...PARTS]);
    expect(shards?.placement).toBeNull();
  });

  it.each(['model.safetensors', 'best.pt', 'model-1-of-2.safetensors', 'model-00001-of-00002.gguf'])('are none of a file that stands alone: %s', (name) => {
    expect(shardsOf(write(name, ''))).toBeNull();
  });

  it.each<readonly [string, (map: Record<string, string>) => void, string, RegExp]>([
    [
      'puts a tensor into the other part',
      (map) => (map[NORM] = PARTS[0]),
      'damaged',
      /^The checkpoint's parts do not fit together: the tensor "model\.norm\.weight" is not in the part "model-00001-of-00002\.safetensors"; copy all of it again\.$/,
    ],
    ['names a tensor that is nowhere', (map) => (map['model.layers.9.x'] = PARTS[0]), 'damaged', /the tensor "model\.layers\.9\.x" is not in the part/],
    [
      'names a part that is not there',
      (map) => (map[NORM] = 'model-00003-of-00003.safetensors'),
      'shard-missing',
      /^The part "model-00003-of-00003\.safetensors" that belongs to "model\.safetensors\.index\.json" is not there; copy it beside it\.$/,
    ],
    [
      'names a part outside of its folder',
      (map) => (map[NORM] = '../secret.safetensors'),
      'shard-outside',
      /names the part "\.\.\/secret\.safetensors", which lies outside of its folder; put all parts into one folder\.$/,
    ],
  ])('are refused where the index %s', (_title, change, kind, sentence) => {
    expect(() => openCheckpoint(copied(change))).toThrow(refused(kind, sentence));
  });

  it('are one checkpoint, in which every tensor of both is there once', () => {
    const file = openCheckpoint(copied(() => undefined));
    const { weight_map: map } = JSON.parse(readFileSync(join(folder, INDEX), 'utf8')) as IndexDocument;
    try {
      expect([...file.tensors.keys()].toSorted()).toEqual(Object.keys(map).toSorted());
    } finally {
      file.close();
    }
  });
});
