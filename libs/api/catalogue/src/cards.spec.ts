import type { Checkpoint } from '@tandem/shared/contracts';
import { cardOfCheckpoint } from './cards';

const cardOf = (more: Partial<Checkpoint>) =>
  cardOfCheckpoint({ name: 'sft/a.gguf', loadable: true, architecture: 'gpt2', quantization: 'F16', parameters: null, ...more } as Checkpoint);

describe('the card of a checkpoint', () => {
  it.each([
    ['sft/my-model.gguf', 'my-model'],
    ['sft/my-model.Q8_0.gguf', 'my-model.Q8_0'],
    ['sft/best.pt', 'sft/best'],
    ['pretrain/nanogpt/ckpt.pt', 'nanogpt/ckpt'],
    ['best.PT', 'best'],
    ['sft/Qwen2.5-0.5B', 'Qwen2.5-0.5B'],
  ])('of %s is called %s', (name, title) => expect(cardOf({ name }).title).toBe(title));

  it.each([
    [124_439_808, 'gpt2 · F16 · 124.4M parameters'],
    [50_752, 'gpt2 · F16 · 50.8K parameters'],
    [1_500_000_000, 'gpt2 · F16 · 1.5B parameters'],
    [null, 'gpt2 · F16'],
  ])('tells %s parameters: %s', (parameters, description) => expect(cardOf({ parameters }).description).toBe(description));
});
