import type { Convertible } from '@tandem/api/import';
import { describeCheckpoint, type DescribedCheckpoint, typeOfCheckpoint } from './describe-checkpoint';

const files = {
  name: 'sft/demo.gguf',
  format: 'gguf' as const,
  source: '/checkpoints/sft/demo.gguf',
  paths: ['/x'],
  sizeBytes: 4_404_019,
  modifiedMs: Date.UTC(2026, 10, 20, 14, 30),
  identity: '1 1',
  problem: null,
};
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
  stopStrings: [],
  memoryEstimateBytes: 31 * 1024 * 1024,
};
const convertible: Convertible = {
  name: 'sft/best.pt',
  id: { source: 's', key: 'k' },
  facts: {
    family: 'mini-deepseek',
    architecture: 'step35',
    parameters: 2_600_000,
    contextLength: 1024,
    chatTemplate: true,
    tokenizer: 'GPT-2',
    assumptions: ['4 heads of 32: sizes of config_default'],
    stopStrings: [],
    convertedBytes: 5 * 1024 * 1024,
    converterVersion: 1,
    hyperparameters: {},
    tokens: 50_257,
    weightPaths: ['/checkpoints/sft/best.pt'],
    besidePaths: [],
  },
};

const unloaded = { status: 'unloaded' as const, error: null, isRefused: false };

function described(changes: Partial<DescribedCheckpoint>) {
  return describeCheckpoint({ files, folderName: 'checkpoints', inspection: undefined, status: unloaded, conversion: null, ...changes });
}

describe('describeCheckpoint', () => {
  it('describes a checkpoint whose header was read', () => {
    expect(described({ inspection: { facts }, status: { ...unloaded, status: 'loaded' } })).toEqual({
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
      format: 'gguf',
      converted: null,
      conversion_mb: null,
      family: null,
      assumptions: [],
    });
  });

  it('says nothing about a header that was not read yet', () => {
    const unread = described({});
    expect(unread).toMatchObject({ loadable: true, reason: null, architecture: null, chat_template: null, memory_estimate_mb: null });
  });

  describe('of another format', () => {
    const pt = { ...files, name: 'sft/best.pt', format: 'pytorch' as const, source: '/checkpoints/sft/best.pt', paths: ['/checkpoints/sft/best.pt'] };
    const inspection = { facts, convertible };

    it('says what it will be converted to, and what is believed about it', () => {
      expect(described({ files: pt, inspection, conversion: { isKept: false, obstacle: null } })).toMatchObject({
        format: 'pytorch',
        converted: false,
        conversion_mb: 5,
        family: 'mini-deepseek',
        assumptions: ['4 heads of 32: sizes of config_default'],
        loadable: true,
        reason: null,
      });
    });

    it('cannot be loaded where its conversion can be written nowhere, unless that is there', () => {
      expect(described({ files: pt, inspection, conversion: { isKept: false, obstacle: 'Nowhere.' } })).toMatchObject({
        converted: false,
        loadable: false,
        reason: 'Nowhere.',
      });
      expect(described({ files: pt, inspection, conversion: { isKept: true, obstacle: 'Nowhere.' } })).toMatchObject({
        converted: true,
        loadable: true,
        reason: null,
      });
    });

    it('is of the type that its own name says where it is a folder', () => {
      const folder = {
        ...pt,
        name: 'sft-tiny',
        format: 'safetensors' as const,
        source: '/checkpoints/sft-tiny',
        paths: ['/checkpoints/sft-tiny/model.safetensors'],
      };
      expect(described({ files: folder })).toMatchObject({ type: 'SFT', format: 'safetensors' });
    });
  });

  it('gives the reason why a file cannot be loaded', () => {
    const refused = described({ inspection: { refusal: 'It is broken.' } });
    expect(refused).toMatchObject({ loadable: false, reason: 'It is broken.' });
  });
});

describe('a checkpoint that could not be loaded', () => {
  const failed = { status: 'failed' as const, error: 'It did not fit.', isRefused: false };

  it('says why, and may be tried again', () => {
    expect(described({ inspection: { facts }, status: failed })).toMatchObject({ status: 'failed', loadable: true, reason: 'It did not fit.' });
  });

  it('is not loadable where trying again would change nothing', () => {
    expect(described({ inspection: { facts }, status: { ...failed, isRefused: true } })).toMatchObject({ loadable: false, reason: 'It did not fit.' });
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
    ['rl_grpo/best.pt', 'RL'],
    ['rl-ppo/best.pt', 'RL'],
    ['sft-2/best.pt', 'SFT'],
    ['base_v2/best.pt', 'Pretrained'],
    ['rlama/a.gguf', 'Other'],
    ['baseball/a.gguf', 'Other'],
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
    const adapter = described({ files: { ...files, name: 'deltas/y.gguf' }, inspection: { facts: { ...facts, kind: 'adapter' } } });
    expect(adapter).toMatchObject({ loadable: false, chat_template: null, reason: expect.stringContaining('"adapter":{"file":"deltas/y.gguf","scale":1}') });
  });
});
