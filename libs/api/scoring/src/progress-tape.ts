import type { Fault } from '@tandem/api/faults';
import type { Backlog } from '@tandem/api/sse';

/** Between two events that tell of progress, in milliseconds. */
const APART_MS = 100;

/** What is told of one piece of work while it goes on, as events: how far it is, then what came of it. */
export class ProgressTape implements Backlog {
  private readonly texts: string[] = [];
  private readonly watchers = new Set<() => void>();
  private toldAtMs = Number.NEGATIVE_INFINITY;
  private failure: Fault | undefined;
  hasEnded = false;

  get frames(): number {
    return this.texts.length;
  }

  /** Why it failed before anything was told of it: that has a status of its own. */
  get refusal(): Fault | undefined {
    return this.frames === 1 ? this.failure : undefined;
  }

  /** From 0 to 1; passed over where the last was a moment ago. */
  progress(share: number): void {
    const now = performance.now();
    if (this.hasEnded || now - this.toldAtMs < APART_MS) return;
    this.toldAtMs = now;
    this.say({ done: false, progress: Math.round(share * 1_000) / 1_000 });
  }

  end(result: object): void {
    this.hasEnded = true;
    this.say({ done: true, ...result });
  }

  fail(fault: Fault): void {
    this.failure = fault;
    this.end({ error: fault.toFrameError() });
  }

  textOf(number: number): string {
    return this.texts[number - 1] ?? '';
  }

  reaches(): boolean {
    return true;
  }

  charactersAfter(after: number): number {
    return this.texts.slice(after).reduce((sum, { length }) => sum + length, 0);
  }

  watch(onNews: () => void): { lag(): void; leave(): void } {
    this.watchers.add(onNews);
    return { lag: () => undefined, leave: () => void this.watchers.delete(onNews) };
  }

  private say(event: object): void {
    this.texts.push(`data: ${JSON.stringify(event)}\n\n`);
    for (const onNews of [...this.watchers]) onNews();
  }
}
