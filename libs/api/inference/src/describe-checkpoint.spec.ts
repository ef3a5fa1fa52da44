import { describeCheckpoint, typeOfCheckpoint } from './describe-checkpoint';

const files = { name: 'sft/demo.gguf', paths: ['/x'], sizeBytes: 4_404_019, modifiedMs: Date.UTC(2026, 10, 20, 14, 30), identity: '1 1', problem: null };
const facts = {
  kind: 'model' as const,
  finetune: null,
  architecture: 'llama',
  quantization: 'Q8_0',
  parameters: 2_600_000,
  contextLength: 1024,
  chatTemplate: true,
  title: null,
  description: null,
  memoryEstimateBytes: 31 * 1024 * 1024,
};

const unloaded = { status: 'unloaded' as const, error: null, isRefused: false };

describe('describeCheckpoint', () => {
  it('describes a checkpoint whose header was read', () => {
    expect(describeCheckpoint(files, 'checkpoints', { facts }, { ...unloaded, status: 'loaded' })).toEqual({
      path: 'checkpoints/sft/demo.gguf',
      name: 'sft/demo.gguf',
      size_mb: 4.2,
      modified: '2026-11-20 14:30:00',
      type: 'SFT',
      status: 'loaded',
      loadable: true,
      reason: null,
      architecture: 'llama',
      quantization: 'Q8_0',
      parameters: 2_600_000,
      context_length: 1024,
      chat_template: true,
      memory_estimate_mb: 31,
    });
  });

  it('says nothing about a header that was not read yet', () => {
    const unread = describeCheckpoint(files, 'checkpoints', undefined, unloaded);
    expect(unread).toMatchObject({ loadable: true, reason: null, architecture: null, chat_template: null, memory_estimate_mb: null });
  });

  it('gives the reason why a file cannot be loaded', () => {
    const refused = describeCheckpoint(files, 'checkpoints', { refusal: 'It is broken.' }, unloaded);
    expect(refused).toMatchObject({ loadable: false, reason: 'It is broken.' });
  });
});

describe('a checkpoint that could not be loaded', () => {
  const failed = { status: 'failed' as const, error: 'It did not fit.', isRefused: false };

  it('says why, and may be tried again', () => {
    expect(describeCheckpoint(files, 'checkpoints', { facts }, failed)).toMatchObject({ status: 'failed', loadable: true, reason: 'It did not fit.' });
  });

  it('is not loadable where trying again would change nothing', () => {
    expect(describeCheckpoint(files, 'checkpoints', { facts }, { ...failed, isRefused: true })).toMatchObject({ loadable: false, reason: 'It did not fit.' });
  });
});

describe('typeOfCheckpoint', () => {
  it.each([
    ['pretrain/a.gguf', 'Pretrained'],
    ['pretraining-2/a.gguf', 'Pretrained'],
    ['base/a.gguf', 'Pretrained'],
    ['SFT/run/a.gguf', 'SFT'],
    ['grpo/a.gguf', 'RL'],
    ['dpo/a.gguf', 'RL'],
    ['mine/sft/a.gguf', 'Other'],
    ['sft.gguf', 'Other'],
  ])('%s: %s', (name, type) => expect(typeOfCheckpoint(name)).toBe(type));

  it.each([
    ['mine/a.gguf', 'Instruct', null, 'SFT'],
    ['a.gguf', 'GRPO', 'Tiny Chat', 'RL'],
    ['a.gguf', null, 'Qwen3 4B Base', 'Pretrained'],
    ['a.gguf', null, 'URL summariser', 'Other'],
    ['pretrain/a.gguf', 'Instruct', null, 'Pretrained'],
  ])('%s, tuned for %s, named %s: %s', (name, finetune, title, type) => expect(typeOfCheckpoint(name, { finetune, title })).toBe(type));
});

describe('an adapter', () => {
  it('is listed with how to use it', () => {
    const adapter = describeCheckpoint({ ...files, name: 'deltas/y.gguf' }, 'checkpoints', { facts: { ...facts, kind: 'adapter' } }, unloaded);
    expect(adapter).toMatchObject({ loadable: false, chat_template: null, reason: expect.stringContaining('"adapter":{"file":"deltas/y.gguf","scale":1}') });
  });
});
