import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompletionEnd } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { SamplingParameters } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { ggufBytes, noiseModel, slowLlama } from '@tandem/testing';
import { BUNDLED, openInference, temporaryFolder } from './testing/open-inference';

const BASE = 'pretrain/tandem-tiny-base.gguf';
/** Never ends by itself. */
const NOISE = 'noise.gguf';
/** Nor does this one, and it takes its time. */
const SLOW = 'slow.gguf';
const EXACT: Partial<SamplingParameters> = { temperature: 0, top_p: 1, top_k: 0, repetition_penalty: 1, max_tokens: 40 };
const LONG: Partial<SamplingParameters> = { ...EXACT, max_tokens: 3_500 };

describe('LocalRuntime', () => {
  const { path, remove } = temporaryFolder();
  const { runtime, host, close } = openInference(path);

  beforeAll(() => {
    mkdirSync(join(path, 'pretrain'));
    cpSync(join(BUNDLED, BASE), join(path, BASE));
    writeFileSync(join(path, NOISE), noiseModel());
    writeFileSync(join(path, SLOW), ggufBytes(slowLlama()));
  });

  afterAll(async () => {
    await close();
    remove();
  });

  /** Starts an answer; `end` is its promise, `stop` its signal. */
  function ask(model: string, prompt: string, parameters: Partial<SamplingParameters> = EXACT) {
    const sink = collect();
    const positions: number[] = [];
    const abort = new AbortController();
    const end = runtime.sourceFor(model).complete(
      completionRequest(prompt, parameters),
      {
        text: sink.text,
        phase: (phase, detail) => {
          sink.phase(phase, detail);
          if (detail?.position !== undefined) positions.push(detail.position);
        },
      },
      abort.signal,
    );
    let isSettled = false;
    void end.catch(() => undefined).finally(() => (isSettled = true));
    return { sink, positions, end, stop: () => abort.abort(), isOver: () => isSettled };
  }

  async function answer(model: string, prompt: string, parameters?: Partial<SamplingParameters>): Promise<CompletionEnd & { text: string }> {
    const { sink, end } = ask(model, prompt, parameters);
    const settled = await end;
    return { ...settled, text: sink.answer };
  }

  describe('loading', () => {
    it('loads once however many ask, and tells all of them how far it is', async () => {
      const progress = Array.from({ length: 10 }, () => [] as number[]);
      expect(runtime.status(BASE).status).toBe('unloaded');
      const loads = progress.map((seen) => runtime.load(BASE, (value) => seen.push(value)));
      await Promise.all(loads);
      for (const seen of progress) {
        expect(seen.at(-1)).toBe(1);
        expect(seen).toEqual([...seen].sort((one, other) => one - other));
      }
      expect(runtime.status(BASE)).toMatchObject({ status: 'loaded', progress: 1, error: null });
      expect(runtime.status(BASE).memoryBytes).toBeGreaterThan(3_000_000);
    });

    it('happens by itself when a prompt comes, before its first text', async () => {
      await runtime.unload(BASE);
      const { sink, end } = ask(BASE, 'The river');
      expect((await end).timings?.load_ms).toBeGreaterThan(0);
      expect(new Set(sink.phases)).toEqual(new Set(['loading', 'prompt']));
      expect(sink.phases.at(-1)).toBe('prompt');
    });

    it('goes on when the one who asked for it goes away', async () => {
      await runtime.unload(BASE);
      const { end, stop } = ask(BASE, 'The river');
      const other = runtime.load(BASE);
      stop();
      await expect(end).resolves.toMatchObject({ finishReason: 'cancelled' });
      await other;
      expect(runtime.status(BASE).status).toBe('loaded');
    });

    it('refuses a checkpoint that is not there', async () => {
      await expect(runtime.load('nothing.gguf')).rejects.toMatchObject({ code: 'model_not_found', status: 404 });
    });
  });

  describe('an answer', () => {
    it('is greedy at temperature 0, and counts its tokens', async () => {
      const first = await answer(BASE, 'The river');
      expect(first).toMatchObject({ usage: { prompt_tokens: 3, completion_tokens: expect.any(Number) as number } });
      expect(first.usage?.total_tokens).toBe(3 + (first.usage?.completion_tokens ?? 0));
      expect(first.text).toMatch(/^ \w+/);
      expect((await answer(BASE, 'The river', { ...EXACT, seed: 99 })).text).toBe(first.text);
    });

    it('repeats itself with the same seed, and only then', async () => {
      const free = { ...EXACT, temperature: 2, seed: 11 };
      const [one, same, other] = [await answer(BASE, 'On', free), await answer(BASE, 'On', free), await answer(BASE, 'On', { ...free, seed: 12 })];
      expect(same.text).toBe(one.text);
      // 40 tokens from more than 2,000, each about as likely as others: no two seeds say the same
      expect(other.text).not.toBe(one.text);
    });

    it('ends with `length` at max_tokens, having said a prefix of the longer answer', async () => {
      const longer = await answer(NOISE, 'The river', { ...EXACT, max_tokens: 20 });
      const shorter = await answer(NOISE, 'The river', { ...EXACT, max_tokens: 7 });
      expect(shorter).toMatchObject({ finishReason: 'length', usage: { completion_tokens: 7 } });
      expect(longer.text.startsWith(shorter.text)).toBe(true);
    });

    it('ends with `stop` before a stop string, wherever its tokens are cut', async () => {
      const { text } = await answer(BASE, 'The river');
      const third = Math.floor(text.length / 3);
      const stop = text.slice(third, third + 5);
      const stopped = await answer(BASE, 'The river', { ...EXACT, stop: ['never said', stop] });
      expect(stopped).toMatchObject({ finishReason: 'stop', text: text.slice(0, text.indexOf(stop)) });
    });

    it('ends with `length` when the context is full', async () => {
      const { usage, finishReason } = await answer(NOISE, 'x'.repeat(4_000), LONG);
      expect({ finishReason, total: usage?.total_tokens }).toEqual({ finishReason: 'length', total: 4_096 });
    });

    it('is refused for a prompt longer than the context, with both numbers', async () => {
      const { end } = ask(BASE, 'word '.repeat(3_000));
      await expect(end).rejects.toMatchObject({
        code: 'context_length_exceeded',
        message: expect.stringMatching(/is \d{4,} tokens long.*holds 1024/) as string,
      });
    });

    it('keeps its exact text when four are made in one batch', async () => {
      const alone = await answer(BASE, 'In the morning');
      const together = await Promise.all(Array.from({ length: 4 }, () => answer(BASE, 'In the morning')));
      expect(together.map(({ text }) => text)).toEqual(Array.from({ length: 4 }, () => alone.text));
    });
  });

  describe('stopping', () => {
    it.each([0, 1, 25])('after %d pieces frees the place at once', async (pieces) => {
      const { sink, end, stop } = ask(SLOW, 'Go', LONG);
      await sink.untilPieces(pieces);
      stop();
      await expect(end).resolves.toMatchObject({ finishReason: 'cancelled' });
      const said = sink.answer;
      await expect(answer(SLOW, 'Go')).resolves.toMatchObject({ finishReason: 'length', usage: { completion_tokens: 40 } });
      expect(sink.answer).toBe(said);
      expect(runtime.status(SLOW).activeGenerations).toBe(0);
    });

    it('before the first step never reaches the engine', async () => {
      const sink = collect();
      await expect(runtime.sourceFor(NOISE).complete(completionRequest('Go'), sink, AbortSignal.abort())).resolves.toEqual({
        finishReason: 'cancelled',
      });
      expect(sink.phases).toEqual([]);
    });
  });

  describe('more requests than places', () => {
    it('wait in line, are told their place, and move up', async () => {
      const busy = Array.from({ length: 4 }, () => ask(SLOW, 'Go', LONG));
      await Promise.all(busy.map(({ sink }) => sink.untilPieces(1)));
      const impatient = ask(SLOW, 'Me too');
      const patient = ask(SLOW, 'And me');
      await expectEventually(() => patient.positions[0] === 2);
      impatient.stop();
      await expect(impatient.end).resolves.toMatchObject({ finishReason: 'cancelled' });
      await expectEventually(() => patient.positions.at(-1) === 1);
      busy[0]?.stop();
      const { usage, timings } = await patient.end;
      expect(usage?.completion_tokens).toBe(40);
      expect(timings?.queue_ms).toBeGreaterThan(0);
      expect(busy.map(({ isOver }) => isOver())).toEqual([true, false, false, false]);
      busy.forEach(({ stop }) => stop());
      await Promise.all(busy.map(({ end }) => end));
    });
  });

  describe('unloading', () => {
    it('is refused while it answers, and ends the answers when it is forced', async () => {
      const { sink, end } = ask(SLOW, 'Go', LONG);
      const ended = end.catch((thrown: unknown) => thrown);
      await sink.untilPieces(1);
      await expect(runtime.unload(SLOW)).rejects.toMatchObject({ code: 'conflict', status: 409 });
      await runtime.unload(SLOW, true);
      expect(await ended).toMatchObject({ code: 'model_unloaded' });
      expect(await ended).toBeInstanceOf(Fault);
      expect(runtime.status(SLOW).status).toBe('unloaded');
    });

    it('may be asked for twice', async () => {
      await runtime.unload(BASE);
      await expect(runtime.unload(BASE)).resolves.toBeUndefined();
    });
  });

  it('did all of this in one engine process', () => {
    expect(host.state).toBe('ready');
  });
});

/** Looks again with every turn of the loop, until the test's own time is over. */
async function expectEventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
