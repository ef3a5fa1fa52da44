import type { Checkpoint, HealthReport, ModelCard, ModelStatus } from '@tandem/shared/contracts';
import { describeModel, groupModels, toOption } from './model-options';

const card = {
  id: 'sft/best.pt',
  name: 'sft/best.pt',
  title: 'sft/best',
  role: 'local',
  type: 'SFT',
  place: 'local',
  endpoint: 'local:sft/best.pt',
  context_length: 1024,
} as ModelCard;
const file = {
  name: 'sft/best.pt',
  size_mb: 521.4,
  loadable: true,
  reason: null,
  architecture: 'gpt2',
  quantization: 'F16',
  parameters: 124e6,
  context_length: 1024,
  format: 'pytorch',
  converted: false,
  conversion_mb: 260,
  family: 'nanogpt',
  assumptions: ['4 heads of 32'],
} as unknown as Checkpoint;

function optionWith({ checkpoint = file, status, report }: { checkpoint?: Checkpoint; status?: Partial<ModelStatus>; report?: Partial<HealthReport> } = {}) {
  return toOption(card, {
    reports: new Map(report ? [[card.id, { healthy: false, checked_at: 'now', cause: null, ...report } as HealthReport]] : []),
    statuses: new Map(status ? [[file.name, { name: file.name, progress: 0, ...status } as ModelStatus]] : []),
    checkpointOf: () => checkpoint,
  });
}

describe('a checkpoint that is converted first', () => {
  it('says whose it is, what is assumed, and what its conversion takes', () => {
    expect(optionWith()).toMatchObject({
      health: 'not loaded',
      facts: '1,024 context · 521 MB · local:sft/best.pt',
      making: 'nanoGPT · will be converted once, about 260 MB',
      assumptions: 'Assumed: 4 heads of 32.',
    });
  });

  it('says that it was', () => expect(optionWith({ checkpoint: { ...file, converted: true, conversion_mb: 130 } }).making).toBe('nanoGPT · converted, 130 MB'));

  it.each([
    [{ status: { status: 'converting', progress: 0.4 }, report: { status: 'loading' } }, 'converting 40 %', 'converting'],
    [{ status: { status: 'converting', progress: 0.4 }, report: { status: 'healthy', healthy: true } }, 'converting 40 %', 'converting'],
    [{ status: { status: 'loading', progress: 0.4 }, report: { status: 'loading' } }, 'loading 40 %', 'loading'],
    [{ report: { status: 'loading' } }, 'loading', undefined],
    [{ status: { status: 'loaded' }, report: { status: 'healthy', healthy: true } }, 'loaded', undefined],
    [{ status: { status: 'failed' }, report: { status: 'unhealthy', cause: 'unusable_file' } }, 'cannot be converted', undefined],
    [{ checkpoint: { ...file, loadable: false, converted: null }, report: { status: 'unhealthy', cause: 'unusable_file' } }, 'cannot be converted', undefined],
    [
      { checkpoint: { ...file, converted: true }, status: { status: 'failed' }, report: { status: 'unhealthy', cause: 'unusable_file' } },
      'cannot be used',
      undefined,
    ],
  ] as const)('says how it is: %j', (known, health, what) => expect(optionWith(known)).toMatchObject({ health, coming: what && { what, progress: 0.4 } }));

  it('is found by its family, and described by it', () => {
    const models = { cards: [card], reports: new Map(), statuses: new Map(), checkpointOf: () => file };
    expect(groupModels(models, 'NANOGPT best').flatMap(({ options }) => options.map(({ id }) => id))).toEqual(['sft/best.pt']);
    expect(describeModel(card, file)).toBe('local · nanoGPT · gpt2 · F16 · 124M');
    expect(describeModel(card, { ...file, family: 'hf-qwen3', architecture: 'qwen3' })).toBe('local · Hugging Face Qwen3 · F16 · 124M');
  });
});
