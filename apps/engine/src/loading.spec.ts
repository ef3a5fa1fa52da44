import { resolve } from 'node:path';
import { noiseModel } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const CHAT = resolve('checkpoints/sft/tandem-tiny-chat.gguf');

describe('loading', () => {
  const engine = new EngineUnderTest();

  afterAll(() => engine.close());

  const stopped = { type: 'fault', fault: { code: 'model_unloaded', message: expect.stringMatching(/was stopped/) as string } };
  const start = (model: string) => engine.start({ type: 'load', model, paths: [CHAT] });

  it('is stopped by a cancel before anything was read', async () => {
    const load = engine.atOnce(() => {
      const begun = start('early');
      begun.cancel();
      return begun;
    });
    expect(await load.answer).toMatchObject(stopped);
    expect(await engine.generate('early', 'Hi').answer).toMatchObject({ fault: { code: 'model_unloaded' } });
  });

  it('goes on for who still waits', async () => {
    const [one, two] = engine.atOnce(() => {
      const both = [start('shared'), start('shared')] as const;
      both[0].cancel();
      return both;
    });
    expect(await one.answer).toMatchObject(stopped);
    expect(await two.answer).toMatchObject({ type: 'loaded' });
  });

  it.each([1, 2, 5, 10, 20, 40, 80])('leaves nothing behind when it is stopped after %d turns of the loop', async (turns) => {
    const load = start('now-and-then');
    for (let turn = 0; turn < turns; turn++) await new Promise((next) => setImmediate(next));
    load.cancel();
    const answer = await load.answer;
    if (answer.type === 'loaded') await engine.call({ type: 'unload', model: 'now-and-then' });
    else expect(answer).toMatchObject(stopped);
    await engine.call({ type: 'unload', model: 'shared' });
    expect(engine.mappingsOf(CHAT)).toBe(0);
    expect(await engine.load('now-and-then', CHAT)).toMatchObject({ type: 'loaded' });
    await engine.call({ type: 'unload', model: 'now-and-then' });
  });

  it('ends at once where the model is loaded', async () => {
    const path = engine.write('noise.gguf', noiseModel());
    const first = await engine.load('noise', path);
    expect(await engine.load('noise', path)).toEqual({ ...first, id: expect.any(Number) as number });
  });

  it('does not keep the engine from ending by itself', async () => {
    // the hard way comes later than a test may take
    const other = new EngineUnderTest(2, {}, ['--close-seconds=600']);
    for (let round = 0; round < 8; round++) {
      const load = other.start({ type: 'load', model: 'a', paths: [CHAT] });
      for (let turn = 0; turn < round * 12; turn++) await new Promise((next) => setImmediate(next));
      load.cancel();
      await load.answer;
    }
    expect(await other.close()).toBe(0);
  });
});

describe('measuring', () => {
  const engine = new EngineUnderTest();

  afterAll(() => engine.close());

  const measure = (content: string) => engine.call({ type: 'measure', model: 'chat', paths: [CHAT], messages: [{ role: 'user', content }] });

  it('counts exactly what a generation then reads, loaded or not', async () => {
    const measured = await measure('Where does the river go?');
    await engine.load('chat', CHAT);
    const { usage } = await engine.ask('chat', 'Where does the river go?');
    expect(measured).toMatchObject({ type: 'measured', promptTokens: usage.prompt_tokens, contextLength: 1024 });
    expect(await measure('Where does the river go?')).toMatchObject({ promptTokens: usage.prompt_tokens, contextLength: 1024 });
  });

  it('goes on beside loading and unloading', async () => {
    const lengths = await Promise.all(
      Array.from({ length: 30 }, async (_, round) => {
        if (round % 3 === 0) await engine.call(round % 2 === 0 ? { type: 'unload', model: 'chat' } : { type: 'load', model: 'chat', paths: [CHAT] });
        return measure('Where does the river go?');
      }),
    );
    expect(new Set(lengths.map((answer) => (answer.type === 'measured' ? answer.promptTokens : JSON.stringify(answer)))).size).toBe(1);
  });
});
