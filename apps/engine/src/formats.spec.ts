import { readFileSync, statSync } from 'node:fs';
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

    it('needs the memory of one compressed row per token and layer', async () => {
      const path = engine.write('deep.gguf', randomDeepseek2());
      const withLayers = async (value: number) => {
        const { metadata, tensors } = randomDeepseek2();
        const changed = metadata.map((entry): typeof entry => (entry[0] === 'deepseek2.block_count' ? [entry[0], entry[1], value] : entry));
        const shorter = engine.write(`deep-${value}.gguf`, { metadata: changed, tensors: tensors.filter(({ name }) => !name.startsWith(`blk.${value}.`)) });
        const facts = await engine.call({ type: 'inspect', paths: [shorter] });
        return facts.type === 'facts' ? facts.facts.memoryEstimateBytes - statSync(shorter).size : 0;
      };
      const tokens = 4 * 4096;
      const rowBytes = (32 + 16) * 2;
      // but for what the header says of that layer
      expect(Math.abs((await withLayers(3)) - (await withLayers(2)) - tokens * rowBytes)).toBeLessThan(4_096);
      const loaded = await engine.load('deep-again', path);
      const perLayer = loaded.type === 'loaded' ? (loaded.memoryBytes - loaded.weightBytes) / 3 : 0;
      expect(perLayer).toBeGreaterThan(tokens * rowBytes);
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

    it('measures a prompt by its first part', async () => {
      const { usage } = await engine.ask('split', 'Hello');
      await engine.call({ type: 'unload', model: 'split' });
      const measured = await engine.call({ type: 'measure', model: 'split', paths, messages: [{ role: 'user', content: 'Hello' }] });
      expect(measured).toMatchObject({ type: 'measured', promptTokens: usage.prompt_tokens, contextLength: 4096 });
    });

    it.each<[string, (files: string[]) => string[], RegExp]>([
      ['a missing part', (files) => files.slice(0, 2), /part 3 of 3 is missing/],
      ['only its first part', (files) => files.slice(0, 1), /part 2 of 3 is missing/],
      ['only a later part', (files) => files.slice(1), /is part 2 of 3, where part 1 belongs/],
      ["two parts in each other's place", (files) => [files[0]!, files[2]!, files[1]!], /is part 3 of 3, where part 2 belongs/],
      [
        'a part of another split',
        (files) => [files[0]!, engine.write('of-two', [...splitGguf(randomLlama(), 'two', 2).values()][1]!), files[2]!],
        /is one of 2 parts, and the first one says 3/,
      ],
      ["a part that holds another's tensors", (files) => [files[0]!, files[1]!, twiceTheSecond()], /is in two of its parts|tensors together instead of/],
      ['a part that was not copied completely', (files) => [files[0]!, files[1]!, cut(files[2]!)], /past the end of the file/],
    ])('is refused with %s', async (_title, files, reason) => {
      const refused = { type: 'fault', fault: { code: 'model_invalid', message: expect.stringMatching(reason) as string } };
      expect(await engine.call({ type: 'inspect', paths: files(paths) })).toMatchObject(refused);
      expect(await engine.call({ type: 'load', model: 'refused', paths: files(paths) })).toMatchObject(refused);
    });

    /** Says that it is the third, and holds what the second does. */
    function twiceTheSecond(): string {
      const { metadata, tensors } = randomLlama();
      const third = [...splitGguf({ metadata, tensors: [...tensors.slice(0, 14), ...tensors.slice(7, 14)] }, 'twice', 3).values()][2];
      return engine.write('twice.gguf', third!);
    }

    function cut(path: string): string {
      return engine.write('cut.gguf', readFileSync(path).subarray(0, -5_000));
    }
  });
});
