import type { CompletionRequest, CompletionSource, Flow } from '..';
import { collect } from './completion-fixtures';

export interface SourceUnderTest {
  readonly source: CompletionSource;
  /** A request with a short answer, and that answer where it is known beforehand. */
  readonly short: { readonly request: CompletionRequest; readonly answer?: string };
  /** A request whose answer is not over before a test stops it, however long that takes. */
  readonly long: CompletionRequest;
  /** Resolves when the producer has stopped work on that many answers in all, as the producer itself tells. */
  untilStopped(count: number): Promise<unknown>;
  close(): Promise<void>;
}

const STOP_DEADLINE_MS = 1_000;
/** The least of so many times says what the producer takes, and not what else the machine does. */
const STOPS = 3;

/** What every completion source keeps to, whatever is behind it. */
export function describeCompletionSource(name: string, open: () => Promise<SourceUnderTest>): void {
  describe(`${name}, as a completion source`, () => {
    let subject: SourceUnderTest;
    let stopped = 0;

    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject.close());

    const run = (request: CompletionRequest) => {
      const sink = collect();
      const stopper = new AbortController();
      return { sink, stopper, end: subject.source.complete(request, sink, stopper.signal) };
    };

    it('gives the text in pieces that are never empty and together are the answer', async () => {
      const { sink, end } = run(subject.short.request);
      await expect(end).resolves.toMatchObject({ finishReason: expect.stringMatching(/^(stop|length)$/) });
      expect(sink.pieces.length).toBeGreaterThan(0);
      expect(sink.pieces).not.toContain('');
      if (subject.short.answer !== undefined) expect(sink.answer).toBe(subject.short.answer);
    });

    it('counts tokens that add up where it counts them', async () => {
      const { usage } = await run(subject.short.request).end;
      if (usage !== undefined) expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
    });

    it('stops the producer within a second when it is stopped', async () => {
      let leastMs = Infinity;
      for (let stops = 0; stops < STOPS && leastMs >= STOP_DEADLINE_MS; stops++) {
        const { sink, stopper, end } = run(subject.long);
        await sink.untilPieces(2);
        const start = performance.now();
        stopper.abort();
        await expect(end).resolves.toMatchObject({ finishReason: 'cancelled' });
        await subject.untilStopped(++stopped);
        leastMs = Math.min(leastMs, performance.now() - start);
      }
      expect(leastMs).toBeLessThan(STOP_DEADLINE_MS);
    });

    it('gives nothing after its end', async () => {
      const { sink, stopper, end } = run(subject.long);
      await sink.untilPieces(1);
      stopper.abort();
      await end;
      const atEnd = [...sink.pieces];
      await subject.untilStopped(++stopped);
      await run(subject.short.request).end;
      expect(sink.pieces).toEqual(atEnd);
    });

    it('says nothing more while nobody takes it, and goes on when somebody does', async () => {
      let flow: Flow | undefined;
      const stopper = new AbortController();
      const sink = Object.assign(collect(), { hold: (given: Flow) => void (flow = given) });
      const end = subject.source.complete(subject.long, sink, stopper.signal);
      await sink.untilPieces(2);
      flow?.pause();
      // what was on its way has come when another answer is complete; nothing comes during the next
      await run(subject.short.request).end;
      const told = sink.pieces.length;
      await run(subject.short.request).end;
      expect(sink.pieces).toHaveLength(told);
      flow?.resume();
      await sink.untilPieces(told + 2);
      stopper.abort();
      await expect(end).resolves.toMatchObject({ finishReason: 'cancelled' });
      await subject.untilStopped(++stopped);
    });

    it('ends as cancelled, without a piece, when it was stopped before it began', async () => {
      const sink = collect();
      await expect(subject.source.complete(subject.short.request, sink, AbortSignal.abort())).resolves.toMatchObject({
        finishReason: 'cancelled',
      });
      expect(sink.pieces).toEqual([]);
    });

    it('answers two prompts at once, each in its own sink', async () => {
      const both = [run(subject.short.request), run(subject.short.request)];
      for (const { end } of both) await expect(end).resolves.toMatchObject({ finishReason: expect.stringMatching(/^(stop|length)$/) });
      const [first, second] = both.map(({ sink }) => sink.answer);
      expect(first).not.toBe('');
      if (subject.short.answer !== undefined) expect([first, second]).toEqual([subject.short.answer, subject.short.answer]);
    });

    it('answers again after it was stopped', async () => {
      const { sink, end } = run(subject.short.request);
      await end;
      expect(sink.answer).not.toBe('');
    });
  });
}
