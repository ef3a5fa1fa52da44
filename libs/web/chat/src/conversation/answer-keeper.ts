import { type AnswerRun, type AnswerView, isOngoing } from '@tandem/web/run';
import { type StreamPosition } from '@tandem/web/data-access';
import { type Archive } from '../archive/archive';
import { THIS_PAGE } from '../archive/page-identity';
import { type AnswerEnd, type AnswerRecord } from '../archive/records';

/** How often a growing answer is written, and how often one that does not grow: others tell by it that it is alive. */
const WRITE_MS = 500;
const ALIVE_MS = 2_000;

export interface KeeperSurroundings {
  readonly archive: Pick<Archive, 'save'>;
  readonly nowMs?: () => number;
}

/**
 * Writes an answer through while it is made, so that a reload keeps what was there. Owns the timer and the page's
 * parting word from `begin` to `end`.
 */
export class AnswerKeeper {
  private readonly nowMs: () => number;
  private timer: ReturnType<typeof setInterval> | undefined;
  private written: AnswerRecord;
  /** By a clock that nobody sets. */
  private writtenMs = performance.now();

  /** `record` is the answer as it was begun. */
  constructor(
    private readonly record: AnswerRecord,
    private readonly run: Pick<AnswerRun, 'answer' | 'position'>,
    private readonly surroundings: KeeperSurroundings,
  ) {
    this.written = record;
    this.nowMs = surroundings.nowMs ?? Date.now;
  }

  begin(): void {
    this.timer ??= setInterval(() => this.writeIfDue(), WRITE_MS);
    addEventListener('pagehide', this.partingWord);
  }

  /** Writes how it ended, and gives that. */
  async end(): Promise<AnswerRecord> {
    clearInterval(this.timer);
    removeEventListener('pagehide', this.partingWord);
    const record = this.now();
    await this.surroundings.archive.save({ messages: [record] });
    return record;
  }

  /** The record as of now. */
  now(): AnswerRecord {
    return recordOf(this.record, this.run.answer(), this.run.position(), this.nowMs());
  }

  private writeIfDue(): void {
    const { text, thoughts, calls } = this.written;
    const now = this.now();
    if (now.text === text && now.thoughts === thoughts && now.calls === calls && performance.now() - this.writtenMs < ALIVE_MS) return;
    this.written = now;
    this.writtenMs = performance.now();
    void this.surroundings.archive.save({ messages: [now] });
  }

  /** As long ago as can be: nobody is to wait for more of it. */
  private readonly partingWord = (): void => {
    void this.surroundings.archive.save({ messages: [{ ...this.now(), writtenAtMs: 0 }] });
  };
}

function recordOf(record: AnswerRecord, view: AnswerView, position: StreamPosition | null, nowMs: number): AnswerRecord {
  return {
    ...record,
    text: view.text,
    thoughts: view.thoughts,
    ...(view.calls ? { calls: view.calls } : {}),
    position,
    end: isOngoing(view.state) ? null : (view.state as AnswerEnd),
    writer: THIS_PAGE,
    writtenAtMs: nowMs,
    firstTokenMs: view.firstTokenMs,
    tokensPerSecond: view.tokensPerSecond,
    tokens: view.tokens,
    ignored: view.ignored,
    seed: view.seed ?? null,
    usage: view.usage ?? null,
  };
}
