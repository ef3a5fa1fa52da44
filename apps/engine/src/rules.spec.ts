import type { AnswerFormat } from '@tandem/shared/engine-protocol';
import { noiseModel } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const formatOf = (schema: object): AnswerFormat => ({ type: 'json_schema', schema });
const YES = formatOf({ const: 'yes' });
/** Takes a while to be made a grammar of. */
const WIDE = formatOf({ enum: Array.from({ length: 9_000 }, (_, n) => `value ${n}`) });
const NEVER = { properties: { a: { type: 'string', pattern: '^x' } } };

describe('what an answer must obey', () => {
  const engine = new EngineUnderTest();

  beforeAll(() => engine.load('noise', engine.write('noise.gguf', noiseModel())));
  afterAll(() => engine.close());

  const start = (format: AnswerFormat) =>
    engine.start({ type: 'generate', model: 'noise', messages: [{ role: 'user', content: 'Go on' }], parameters: engine.exact, format });

  it('is found possible before anything is loaded', async () => {
    expect(await engine.call({ type: 'check', format: YES })).toEqual(expect.objectContaining({ type: 'checked' }));
    const tools = { definitions: [{ name: 'f' }, { name: 'g', parameters: NEVER }], isParallel: true, forced: ['f'] };
    expect(await engine.call({ type: 'check', tools })).toMatchObject({ type: 'checked' });
  });

  it.each([
    ['a format', { format: formatOf(NEVER) }, 'response_format', 'the schema'],
    ['no schema', { format: { type: 'json_schema', schema: 7 } as const }, 'response_format', 'the schema'],
    ['a tool', { tools: { definitions: [{ name: 'f', parameters: NEVER }], isParallel: true, forced: ['f'] } }, 'tools', 'the parameters of the tool 0'],
  ])('is refused, with the field of %s beside the words', async (_, asked, param, what) => {
    const fault = { code: 'invalid_request', param, message: expect.stringMatching(new RegExp(`^${what} cannot be turned into a grammar.*[^.]$`)) as string };
    expect(await engine.call({ type: 'check', ...asked })).toMatchObject({ type: 'fault', fault });
  });

  it('is obeyed, whether it was asked about before or not', async () => {
    for (const format of [YES, formatOf({ const: 'no' })]) {
      const running = start(format);
      expect(await running.answer).toMatchObject({ type: 'end', finishReason: 'stop' });
      expect(['"yes"', '"no"']).toContain(running.text());
    }
  });

  it('lets an answer be cancelled, and made to wait, while its grammar is made', async () => {
    const [left, waits] = engine.atOnce(() => {
      const both = [start(WIDE), start(WIDE)] as const;
      both[0].cancel();
      both[1].pause();
      return both;
    });
    expect(await left.answer).toMatchObject({ type: 'end', finishReason: 'cancelled' });
    await start(WIDE).answer;
    expect(waits.text()).toBe('');
    waits.resume();
    expect(await waits.answer).toMatchObject({ type: 'end' });
    expect(waits.text()).toMatch(/^"value/);
  });
});
