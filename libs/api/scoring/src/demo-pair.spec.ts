import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetResolver } from '@tandem/api/catalogue';
import type { ScoringSource } from '@tandem/api/completion';
import { openInference, temporaryFolder } from '@tandem/api/inference/testing';
import { exactKl, meanOf } from '@tandem/shared/measures';
import { guardLeaks, noiseModel } from '@tandem/testing';
import type { DivergenceRequestDto } from './scoring-requests.dto';
import { Scorers } from './scorers';
import { TextScoring } from './text-scoring';

const BASE = 'pretrain/tandem-tiny-base.gguf';
const TUNED = 'sft/tandem-tiny-chat.gguf';
const TEXT = 'On Tuesday morning, Martha walked to the old town with her sister. They wanted to make cake.';
/** More than the demo pair's vocabulary has. */
const ALL = 5_000;

const never = new AbortController().signal;
const quiet = (): void => undefined;

describe('the demo pair', () => {
  const { path, remove } = temporaryFolder();
  const bundled = openInference();
  const own = openInference(path);
  const runtimeOf = (model: string) => (model === 'noise.gguf' ? own.runtime : bundled.runtime);
  const scoringOver = (sourceOf: (model: string) => ScoringSource) => {
    const targets = { resolve: async (model: string) => ({ card: { id: model }, scoring: sourceOf(model) }) };
    return new TextScoring(new Scorers(targets as unknown as TargetResolver));
  };
  const sourceOf = (model: string): ScoringSource => runtimeOf(model).scoringOf(model);
  const scoring = scoringOver(sourceOf);
  /** As model servers do: nothing is kept of what is expected. */
  const forgetful = scoringOver((model) => ({ score: (...asked) => sourceOf(model).score(...asked) }));
  const asked = (changes: Partial<DivergenceRequestDto>) => ({ baseline: BASE, derivative: TUNED, text: TEXT, ...changes });
  const diverge = (changes: Partial<DivergenceRequestDto> = {}) => scoring.diverge(asked(changes), quiet, never);
  const score = (text: string, model = BASE) => scoring.score({ model, text }, quiet, never);

  beforeAll(() => writeFileSync(join(path, 'noise.gguf'), noiseModel()));
  afterAll(async () => {
    await bundled.close();
    await own.close();
    remove();
  });

  /** Of every token of the text the logits over the whole vocabulary, by their ids. */
  async function wholeDistributions(model: string): Promise<Float64Array[]> {
    const { parts } = await bundled.runtime.scoringOf(model).score({ messages: [], text: TEXT, alternatives: ALL }, quiet, never);
    return parts.map(({ top }) => {
      const logits = new Float64Array(top.length);
      for (const { id, logprob } of top) logits[id ?? Number.NaN] = logprob;
      return logits;
    });
  }

  async function wholeKl(): Promise<number> {
    const [ours, theirs] = [await wholeDistributions(BASE), await wholeDistributions(TUNED)];
    return meanOf(ours.map((logits, index) => exactKl(logits, theirs[index]!)));
  }

  it.each([0, 8])('has its KL over the whole vocabulary, however few tokens are told: %i', async (top_logprobs) => {
    const { kl, comparable, why_not } = await diverge({ top_logprobs });
    expect([kl?.kind, kl?.covered_mass, comparable, why_not]).toEqual(['exact', 1, true, null]);
    expect(Math.abs((kl?.mean ?? Number.NaN) - (await wholeKl()))).toBeLessThan(1e-3);
  });

  it('has a bound on it that rises towards the whole as more is told, where nothing can be kept', async () => {
    const whole = await wholeKl();
    const bounds: number[] = [];
    for (const top_logprobs of [1, 8, 32, 128]) {
      const { kl, comparable, why_not } = await forgetful.diverge(asked({ top_logprobs }), quiet, never);
      expect([kl?.kind, comparable, why_not]).toEqual(['lower_bound', true, null]);
      bounds.push(kl?.mean ?? Number.NaN);
    }
    expect(bounds).toEqual([...bounds].sort((one, other) => one - other));
    expect(whole).toBeGreaterThan(0.1);
    // the engine sums in 32 bits
    expect(bounds.at(-1)).toBeLessThanOrEqual(whole + 1e-4);
    expect(bounds.at(-1)).toBeGreaterThan(0.97 * whole);
  });

  it('has the same top whether or not any alternatives are told', async () => {
    const [none, some] = [await diverge({ top_logprobs: 0 }), await diverge({ top_logprobs: 8 })];
    expect([none.same_top, none.first_divergence, none.rms_delta_p]).toEqual([some.same_top, some.first_divergence, some.rms_delta_p]);
    expect(none.same_top).toBeLessThan(1);
    expect(none.scores.baseline.tokens.every(({ top, rank }) => top.length === 0 && rank === null)).toBe(true);
  });

  it.each([BASE, TUNED])('of %s and itself does not differ', async (model) => {
    const { kl, same_top, rms_delta_p, first_divergence } = await diverge({ baseline: model, derivative: model });
    expect(kl?.max).toBeLessThanOrEqual(1e-6);
    expect([same_top, rms_delta_p, first_divergence]).toEqual([1, 0, null]);
  });

  it('is scored the same whoever else is asking', async () => {
    const alone = await diverge();
    const beside = await Promise.all([diverge(), score('A text of somebody else. '.repeat(20)), diverge()]);
    expect([beside[0], beside[2]]).toEqual([alone, alone]);
  });

  it('is scored after a conversation, from the first token on', async () => {
    const messages = [{ role: 'user', content: 'Where does the river run?' }] as const;
    const { tokens, summary } = await scoring.score({ model: TUNED, messages: [...messages], text: TEXT }, quiet, never);
    expect(tokens[0]?.logprob).toBeLessThan(0);
    expect(summary).toMatchObject({ tokens: tokens.length, bytes: TEXT.length });
  });

  it.each(['Grüße 😀, 語', ' begins with a space', 'x', '<s>no control</s>', 'line\r\nline'])('reads %j to its last byte', async (text) => {
    const { tokens } = await score(text);
    const ranges = tokens.map(({ bytes }) => bytes);
    expect(ranges[0]?.[0]).toBe(0);
    expect(ranges.at(-1)?.[1]).toBe(Buffer.byteLength(text));
    for (const [index, range] of ranges.slice(1).entries()) expect(range[0]).toBe(ranges[index]?.[1]);
  });

  it('is not compared token by token with what has another vocabulary', async () => {
    const { comparable, why_not, kl, same_top, rms_delta_p, bits_per_byte, spans } = await diverge({ derivative: 'noise.gguf' });
    expect([comparable, kl, same_top, rms_delta_p]).toEqual([false, null, null, null]);
    expect(why_not).toMatch(/different vocabularies/);
    expect(bits_per_byte.baseline).toBeGreaterThan(0);
    expect(bits_per_byte.derivative).toBeGreaterThan(bits_per_byte.baseline ?? 0);
    expect(spans.length).toBeGreaterThan(1);
  });

  it('is refused more than one answer holds', async () => {
    await expect(scoring.score({ model: BASE, text: 'word '.repeat(900), top_logprobs: 128 }, quiet, never)).resolves.toBeDefined();
    const tooMany = bundled.runtime.scoringOf(BASE).score({ messages: [], text: TEXT.repeat(10), alternatives: ALL }, quiet, never);
    await expect(tooMany).rejects.toMatchObject({ code: 'invalid_request', param: 'top_logprobs' });
  });
});

guardLeaks();
