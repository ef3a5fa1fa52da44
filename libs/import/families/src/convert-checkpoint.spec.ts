import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConvertedType } from '@tandem/shared/converter-protocol';
import { CHECKPOINT_FIXTURES_FOLDER, type CheckpointFixture, checkpointFixture, type GgufContents, ggufContents } from '@tandem/testing';
import { convertCheckpoint } from './convert-checkpoint';
import { inspectCheckpoint } from './inspect-checkpoint';
import { CheckpointCopies } from './testing/checkpoint-copies';
import { plannedFixtures } from './testing/planned-checkpoints';

const copies = new CheckpointCopies();
const fixture = plannedFixtures();

function convert(path: string, root: string, type: ConvertedType = 'f32', progress: number[] = []): { bytes: number; gguf: GgufContents; target: string } {
  const { weightPaths, besidePaths } = inspectCheckpoint(path, root, type);
  const target = join(copies.root, 'model.gguf.partial');
  const job = { weights: weightPaths, beside: besidePaths, target, type, name: 'sft/best.pt' };
  const bytes = convertCheckpoint(job, (written, total) => progress.push(written / total));
  return { bytes, gguf: ggufContents(readFileSync(target)), target };
}

const converted = (name: CheckpointFixture, type?: ConvertedType) => convert(checkpointFixture(name).path, CHECKPOINT_FIXTURES_FOLDER, type);

describe('a checkpoint that is converted', () => {
  it('is a GGUF that says whose model it is, what it was called, and which converter made it', () => {
    const { metadata } = converted('mini-deepseek/sft').gguf;
    const said = ['general.architecture', 'general.type', 'general.name', 'tandem.family', 'tandem.converter_version'].map((key) => metadata.get(key));
    expect(said).toEqual(['step35', 'model', 'sft/best.pt', 'mini-deepseek', 1]);
  });

  it('keeps in it what no other program would know: stop strings, its chat template, what was assumed', () => {
    const { metadata } = converted('mini-deepseek/sft').gguf;
    expect(metadata.get('tandem.stop_strings')).toEqual(['\n\nHuman:', '\n\n###', '### Instruction:']);
    expect(metadata.get('tokenizer.chat_template')).toContain('Human: ');
    expect(metadata.has('tandem.assumptions')).toBe(false);
    const folder = copies.copy('hf-mistral');
    copies.json(folder, 'config.json', { sliding_window: 96 });
    expect(convert(folder, copies.root).gguf.metadata.get('tandem.assumptions')).toEqual([
      'context 96 instead of 128: only as far as its attention reaches (sliding_window)',
    ]);
  });

  it('holds every planned tensor, innermost dimension first, with the weights of its source', () => {
    const { tensors } = converted('hf-deepseek-v3').gguf;
    const planned = fixture('hf-deepseek-v3');
    expect([...tensors.keys()]).toEqual(planned.names);
    for (const [name, { dimensions, data, type }] of tensors) {
      expect([dimensions.toReversed(), type]).toEqual([planned.of(name).shape, 0]);
      const values = planned.planned(name).flat();
      expect(data.subarray(0, 4 * values.length).equals(Buffer.from(Float32Array.from(values).buffer))).toBe(true);
    }
  });

  it.each<readonly [ConvertedType, CheckpointFixture, fileType: number, embedding: number, norm: number]>([
    ['f32', 'hf-qwen3', 0, 0, 0],
    ['f16', 'hf-qwen3', 1, 1, 0],
    ['bf16', 'hf-qwen3', 32, 30, 0],
    ['f16', 'llama2c', 32, 30, 0],
    // Its rows are one block wide, which stay in 16 bits.
    ['q8_0', 'hf-qwen3', 1, 1, 0],
  ])('as %s has the type that most of %s gets, and norms in 32 bits', (type, name, fileType, embedding, norm) => {
    const { metadata, tensors } = converted(name, type).gguf;
    expect(metadata.get('general.file_type')).toBe(fileType);
    expect([tensors.get('token_embd.weight')?.type, tensors.get('output_norm.weight')?.type]).toEqual([embedding, norm]);
  });

  it('is as long as it says, and about as long as was said before it was made', () => {
    const { bytes, target } = converted('hf-llama');
    expect(bytes).toBe(readFileSync(target).length);
    const { convertedBytes } = inspectCheckpoint(checkpointFixture('hf-llama').path, CHECKPOINT_FIXTURES_FOLDER, 'f32');
    expect(Math.abs(convertedBytes - bytes) / bytes).toBeLessThan(0.1);
  });

  it('says how far it is, up to the end', () => {
    const progress: number[] = [];
    convert(checkpointFixture('hf-qwen2').path, CHECKPOINT_FIXTURES_FOLDER, 'f16', progress);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(progress.at(-1)).toBe(1);
  });

  it('leaves nothing behind where a weight is no number', () => {
    const folder = copies.copy('hf-qwen3');
    const path = join(folder, 'model.safetensors');
    const bytes = readFileSync(path);
    bytes.writeFloatLE(NaN, bytes.length - 64);
    writeFileSync(path, bytes);
    expect(() => convert(folder, copies.root)).toThrow(
      / is not a finite number: the training went wrong before this was saved, so take an earlier checkpoint\.$/,
    );
    expect(existsSync(join(copies.root, 'model.gguf.partial'))).toBe(false);
  });
});
