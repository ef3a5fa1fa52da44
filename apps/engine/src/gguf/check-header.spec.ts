import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as binding from 'node-llama-cpp';
import {
  type Checkpoint,
  containedCheckpoints,
  ggufBytes,
  neighbourCheckpoints,
  noiseModel,
  randomDeepseek2,
  randomLlama,
  randomMamba,
  refusedCheckpoints,
  splitGguf,
  tinyMetadataWith,
  tinyTensors,
} from '@tandem/testing';
import { purposeNamed } from './architectures';
import { readCheckpointHeader } from './read-checkpoint-header';

const U32 = 4;
/** Every architecture that the binding has heard of; declared as something that only its own sources may list. */
const { GgufArchitectureType: ARCHITECTURES } = binding as unknown as { readonly GgufArchitectureType: Readonly<Record<string, string>> };

describe('the header of a checkpoint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-headers-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  function read(...files: readonly Buffer[]) {
    const paths = files.map((bytes, index) => {
      const path = join(folder, `part-${index}.gguf`);
      writeFileSync(path, bytes);
      return path;
    });
    return readCheckpointHeader(paths, Infinity);
  }

  it.each(Object.entries(refusedCheckpoints()))('is refused where llama.cpp could make nothing of it: %s', (_name, [bytes, reason]) => {
    expect(() => read(bytes)).toThrow(reason);
  });

  it.each(Object.entries(neighbourCheckpoints()))('is told apart from that of a text generator: %s', (_name, [bytes, reason]) => {
    expect(() => read(bytes)).toThrow(reason);
    expect(() => read(bytes)).toThrow(/^This is no text generator/);
  });

  it.each(Object.entries(containedCheckpoints()))('tells nothing where only llama.cpp knows better: %s', (_name, [bytes]) => {
    expect(read(bytes).facts.kind).toBe('model');
  });

  it.each<[string, Checkpoint]>([
    ['llama', randomLlama()],
    ['deepseek2', randomDeepseek2()],
    ['mamba', randomMamba()],
  ])('is taken where it is sound: %s', (architecture, checkpoint) => {
    expect(read(ggufBytes(checkpoint)).facts.architecture).toBe(architecture);
  });

  it('is taken with heads that each layer counts for itself', () => {
    const metadata = tinyMetadataWith({ 'llama.attention.head_count_kv': ['llama.attention.head_count_kv', 9, [4, 2]] });
    expect(read(ggufBytes({ metadata, tensors: tinyTensors() })).facts.kind).toBe('model');
    const odd = tinyMetadataWith({ 'llama.attention.head_count_kv': ['llama.attention.head_count_kv', 9, [4, 3]] });
    expect(() => read(ggufBytes({ metadata: odd, tensors: tinyTensors() }))).toThrow(/4 heads cannot share 3/);
  });

  it('is taken with two empty tokens, which llama.cpp tells apart', () => {
    const tokens = ['', '', ...Array.from({ length: 258 }, (_, id) => `token ${id}`)];
    const metadata = tinyMetadataWith({ 'tokenizer.ggml.tokens': ['tokenizer.ggml.tokens', 9, tokens] });
    expect(read(ggufBytes({ metadata, tensors: tinyTensors() })).facts.kind).toBe('model');
  });

  it('is taken in parts, each of which says in the right type which one it is', () => {
    const parts = [...splitGguf(randomLlama(), 'a', 3).values()];
    expect(read(...parts).facts.parameters).toBe(read(noiseModel()).facts.parameters);
    const { metadata, tensors } = randomLlama();
    const odd = ggufBytes({ metadata: [...metadata, ['split.no', U32, 0], ['split.count', 2, 1]], tensors });
    expect(() => read(odd, odd)).toThrow(/says which part it is in another type/);
  });

  it.each(Object.values(ARCHITECTURES).filter((name) => !['gptj', '(unknown)'].includes(name)))(
    'has an architecture that is known to be for something: %s',
    (name) => {
      expect(purposeNamed(name)).not.toBeNull();
    },
  );
});
