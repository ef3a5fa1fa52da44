import { resolve } from 'node:path';
import { noiseModel, randomDeepseek2, randomLora, STRING } from '@tandem/testing';
import type { EngineAnswer } from '@tandem/shared/engine-protocol';
import { EngineUnderTest } from './testing/engine-under-test';

const TINY = resolve('checkpoints/pretrain/tandem-tiny-base.gguf');

describe('a seat', () => {
  const engine = new EngineUnderTest();
  let base: string;
  let lora: string;

  beforeAll(() => {
    base = engine.write('base.gguf', noiseModel());
    lora = engine.write('lora.gguf', randomLora());
  });
  afterEach(async () => {
    for (const model of ['base', 'zero', 'half', 'one']) await engine.call({ type: 'unload', model });
  });
  afterAll(() => engine.close());

  const over = (model: string, scale: number, path = lora) => engine.load(model, base, { adapter: { path, scale } });

  function memoryOf(answer: EngineAnswer) {
    if (answer.type !== 'loaded') throw new Error(JSON.stringify(answer));
    return answer;
  }

  it('with an adapter at scale 0 answers like the checkpoint alone, and differently at others', async () => {
    await engine.load('base', base);
    await over('zero', 0);
    await over('half', 0.5);
    await over('one', 1);
    const [bare, zero, half, one] = await Promise.all(['base', 'zero', 'half', 'one'].map(async (model) => (await engine.ask(model, 'Hello')).text));
    expect(zero).toBe(bare);
    expect(new Set([bare, half, one]).size).toBe(3);
  });

  it('shares the weights of its checkpoint with others, and says how large they are', async () => {
    const alone = memoryOf(await engine.load('base', base));
    const adapted = memoryOf(await over('one', 1));
    expect(adapted.weightBytes).toBe(alone.weightBytes);
    expect(adapted.memoryBytes).toBeGreaterThan(alone.memoryBytes);
    await engine.call({ type: 'unload', model: 'base' });
    expect((await engine.ask('one', 'Hello')).text).not.toBe('');
  });

  it('costs no second copy of the weights', async () => {
    await engine.load('base', TINY);
    expect(engine.mappingsOf(TINY)).toBe(1);
    await engine.load('one', TINY);
    expect(engine.mappingsOf(TINY)).toBe(1);
    await engine.call({ type: 'unload', model: 'base' });
    expect(engine.mappingsOf(TINY)).toBe(1);
    await engine.call({ type: 'unload', model: 'one' });
    expect(engine.mappingsOf(TINY)).toBe(0);
  });

  it('reads an adapter again that was replaced, also while the weights stay', async () => {
    await engine.load('base', base);
    const replaced = engine.write('replaced.gguf', randomLora());
    await over('one', 1, replaced);
    const { text } = await engine.ask('one', 'Hello');
    await engine.call({ type: 'unload', model: 'one' });
    const { metadata, tensors } = randomLora();
    engine.write('replaced.gguf', { metadata, tensors: tensors.map((tensor) => ({ ...tensor, data: Buffer.alloc(tensor.data.length) })) });
    await over('one', 1, replaced);
    const later = await engine.ask('one', 'Hello');
    expect(later.text).not.toBe(text);
    expect(later.text).toBe((await engine.ask('base', 'Hello')).text);
  });

  it.each<[string, () => string, RegExp]>([
    [
      'for another architecture, naming both',
      () => engine.write('other.gguf', randomLora('deepseek2')),
      /The adapter other\.gguf cannot be used\. It was made for the architecture "deepseek2", and the checkpoint is "llama"/,
    ],
    ['that is a model', () => engine.write('model.gguf', noiseModel()), /is no adapter but a model/],
    [
      'of another kind',
      () =>
        engine.write('kind.gguf', {
          ...randomLora(),
          metadata: randomLora().metadata.map((entry) => (entry[0] === 'adapter.type' ? ['adapter.type', STRING, 'prefix'] : entry)),
        }),
      /of a kind that llama\.cpp cannot use/,
    ],
    [
      'for tensors that are not there',
      () =>
        engine.write('lost.gguf', {
          ...randomLora(),
          tensors: randomLora().tensors.map((tensor) => ({ ...tensor, name: tensor.name.replace('blk.1', 'blk.9') })),
        }),
      /changes the tensor "blk\.9\.attn_q\.weight", which the checkpoint does not have/,
    ],
    ['that is not there', () => '/nowhere/lora.gguf', /is not there any more/],
  ])('refuses an adapter %s', async (_title, path, reason) => {
    expect(await over('one', 1, path())).toMatchObject({ type: 'fault', fault: { code: 'model_invalid', message: expect.stringMatching(reason) as string } });
  });

  it('of another architecture takes an adapter of that architecture only', async () => {
    const deep = engine.write('deep.gguf', randomDeepseek2());
    expect(await engine.load('one', deep, { adapter: { path: lora, scale: 1 } })).toMatchObject({
      fault: { code: 'model_invalid', message: expect.stringMatching(/"llama", and the checkpoint is "deepseek2"/) as string },
    });
  });
});
