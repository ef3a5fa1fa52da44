import type { Timings } from '@tandem/shared/contracts';
import type { CompletionEnd } from './completion-source';

/** Times one answer: from its start to its first token, and from there to its last. All in milliseconds. */
export class Stopwatch {
  private readonly startedAt: number;
  private firstAt: number | undefined;
  private lastAt = 0;
  private ticks = 0;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.startedAt = now();
  }

  get hasTicked(): boolean {
    return this.ticks > 0;
  }

  /** A piece of text came. */
  tick(): void {
    this.lastAt = this.now();
    this.firstAt ??= this.lastAt;
    this.ticks += 1;
  }

  /** What was measured, with the model server's own figures in place of ours where it gave them. */
  read(end?: CompletionEnd): Timings {
    const reported = end?.timings?.tokens_per_second;
    return {
      queue_ms: round(end?.timings?.queue_ms ?? 0),
      load_ms: round(end?.timings?.load_ms ?? 0),
      ttft_ms: this.firstAt === undefined ? null : round(this.firstAt - this.startedAt),
      total_ms: round(this.now() - this.startedAt),
      tokens_per_second: reported === undefined ? this.measuredSpeed(end?.usage?.completion_tokens) : reported && round(reported),
      source: reported === undefined ? 'measured' : 'server',
    };
  }

  /** Tokens after the first per second; text pieces stand in for tokens where the server did not count. */
  private measuredSpeed(tokens = this.ticks): number | null {
    const spanMs = this.lastAt - (this.firstAt ?? 0);
    return tokens < 2 || spanMs <= 0 ? null : round(((tokens - 1) / spanMs) * 1000);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
