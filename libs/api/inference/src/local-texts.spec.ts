import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ggufBytes, guardLeaks, noiseModel, slowLlama } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const never = new AbortController().signal;

describe('the texts of a local model', () => {
  const { path, remove } = temporaryFolder();
  const { runtime, close } = openInference(path);
  const texts = (model = 'noise.gguf') => runtime.textsOf(model);

  beforeAll(() => {
    writeFileSync(join(path, 'noise.gguf'), noiseModel());
    writeFileSync(join(path, 'slow.gguf'), ggufBytes(slowLlama()));
  });
  afterAll(async () => {
    await close();
    remove();
  });

  it('become tokens and text again while nothing is loaded', async () => {
    const { tokens, pieces } = await texts().tokenize([{ role: 'user', content: 'abé' }], { isRaw: true }, never);
    expect(pieces).toEqual(['ab', 'Ã', '©']);
    expect(await texts().detokenize(tokens, never)).toBe('abé');
    expect(await texts().vocabulary(never)).toMatchObject({ size: 260, bos: '<s>' });
    expect(runtime.status('noise.gguf').memoryBytes).toBeNull();
  });

  it('are scored token by token, the model loaded first', async () => {
    const ids: number[] = [];
    const score = await texts().score({ messages: [], text: 'abcd', alternatives: 1 }, (tokens) => ids.push(...tokens.map(({ id }) => id)), never);
    expect(ids).toEqual((await texts().tokenize([{ role: 'user', content: 'abcd' }], { isRaw: true }, never)).tokens);
    expect(score).toMatchObject({ tokens: 1, logLikelihood: expect.any(Number) as number });
  });

  it('are not scored any further for who left, and the model goes on', async () => {
    const leaving = new AbortController();
    let told = 0;
    const onScores = (tokens: readonly unknown[]): void => {
      told += tokens.length;
      leaving.abort();
    };
    await expect(texts('slow.gguf').score({ messages: [], text: 'x'.repeat(4_000) }, onScores, leaving.signal)).rejects.toBeDefined();
    expect(told).toBeLessThan(3_999);
    expect(runtime.status('slow.gguf').activeGenerations).toBe(0);
    expect(await texts('slow.gguf').score({ messages: [], text: 'abcd' }, () => undefined, never)).toMatchObject({ tokens: 1 });
  });

  it('are refused where they hold what is no token', async () => {
    await expect(texts().score({ messages: [], text: [300] }, () => undefined, never)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

guardLeaks();
