import { checkpointSeries } from './checkpoint-series';

describe('a series of checkpoints', () => {
  it.each([
    [['b-step-1000.gguf', 'b-step-200.gguf'], 'b-step-*.gguf', [200, 1000]],
    [['step-1000.gguf', 'step-2000.gguf'], 'step-*.gguf', [1000, 2000]],
    [['rl/ckpt_10.pt', 'rl/ckpt_9.pt', 'rl/ckpt_11.pt'], 'rl/ckpt_*.pt', [9, 10, 11]],
    [['run/checkpoint-500/model.safetensors', 'run/checkpoint-1000/model.safetensors'], 'run/checkpoint-*/model.safetensors', [500, 1000]],
    [['a-step1-q8_0.gguf', 'a-step2-q8_0.gguf'], 'a-step*-q8_0.gguf', [1, 2]],
    [['epoch.1/step-5.gguf', 'epoch.1/step-6.gguf'], 'epoch.1/step-*.gguf', [5, 6]],
  ])('is recognised by the names: %j', (names, name, steps) => {
    const series = checkpointSeries(names);
    expect(series).toHaveLength(1);
    expect(series[0]?.name).toBe(name);
    expect(series[0]?.steps.map(({ step }) => step)).toEqual(steps);
  });

  it.each([
    [['a-step-1.gguf']],
    [['a-step-1.gguf', 'b-step-1.gguf', 'a-step-1.pt']],
    [['llama-7b.gguf', 'llama-13b.gguf']],
    [['footstep-1.gguf', 'footstep-2.gguf']],
    [['a-step-1234567890123.gguf', 'a-step-1234567890124.gguf']],
    [[]],
  ])('is not seen where names differ in more than a step, or in none: %j', (names) => {
    expect(checkpointSeries(names)).toEqual([]);
  });

  it('is looked for in no longer than names are', () => {
    expect(checkpointSeries(Array.from({ length: 200 }, (_, index) => `${'step-'.repeat(200)}${index}`))[0]?.steps).toHaveLength(200);
  });
});
