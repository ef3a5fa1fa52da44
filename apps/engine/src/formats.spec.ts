import { noiseModel, randomDeepseek2, randomLlama, splitGguf } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

describe('a checkpoint in', () => {
  const engine = new EngineUnderTest();

  afterAll(() => engine.close());

  describe("DeepSeek-V3's layout", () => {
    it('is read, loaded and answers', async () => {
      const path = engine.write('deep.gguf', randomDeepseek2());
      const parameters = randomDeepseek2().tensors.reduce((sum, { data }) => sum + data.length / 4, 0);
      expect(await engine.call({ type: 'inspect', paths: [path] })).toMatchObject({ facts: { architecture: 'deepseek2', parameters } });
      expect(await engine.load('deep', path)).toMatchObject({ type: 'loaded', contextLength: 4096 });
      const answer = await engine.ask('deep', 'Hello');
      expect(answer).toMatchObject({ finishReason: 'length', usage: { completion_tokens: 16 } });
      expect((await engine.ask('deep', 'Hello')).text).toBe(answer.text);
    });
  });

  describe('several files', () => {
    const parts = [...splitGguf(randomLlama(), 'split', 3)];
    let paths: string[];

    beforeAll(() => {
      paths = parts.map(([name, bytes]) => engine.write(name, bytes));
    });

    it('is one model, the same as in one file', async () => {
      const whole = engine.write('whole.gguf', noiseModel());
      const facts = async (files: string[]) => (await engine.call({ type: 'inspect', paths: files })) as { facts: object };
      expect((await facts(paths)).facts).toEqual((await facts([whole])).facts);
      expect(await engine.call({ type: 'load', model: 'split', paths })).toMatchObject({ type: 'loaded' });
      await engine.load('whole', whole);
      expect((await engine.ask('split', 'Hello')).text).toBe((await engine.ask('whole', 'Hello')).text);
    });
  });
});
