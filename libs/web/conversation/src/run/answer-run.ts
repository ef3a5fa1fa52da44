import { signal } from '@angular/core';
import { type StreamRequest } from '@tandem/shared/contracts';
import { RunFailure, type RunFault, type StreamTransport, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { beforeNextPaint, FrameBatch } from './frame-batch';
import { type AnswerSoFar, type ArrivedFrame, beginAnswer, endByFault, endByStop, reduceFrame, type RunningAnswer } from './reduce-frame';

export interface RunSurroundings {
  readonly transport: Pick<StreamTransport, 'stream'>;
  readonly nowMs?: () => number;
  readonly schedule?: (callback: () => void) => void;
}

let count = 0;

/**
 * One answer being made: from the request to exactly one end. Owns its connection; `stop()` closes it, and the server
 * then stops the model. A run that has ended stays as it is. What is so far there of an answer is gone on from.
 */
export class AnswerRun {
  private readonly connection = new AbortController();
  private readonly nowMs: () => number;
  private readonly batch: FrameBatch<ArrivedFrame>;
  private readonly _answer;
  readonly answer;

  constructor(
    readonly request: StreamRequest,
    prompt: string,
    private readonly surroundings: RunSurroundings,
    soFar?: AnswerSoFar,
  ) {
    this.nowMs = surroundings.nowMs ?? (() => performance.now());
    this._answer = signal<RunningAnswer>(beginAnswer(`answer-${++count}`, prompt, this.nowMs(), soFar));
    this.answer = this._answer.asReadonly();
    this.batch = new FrameBatch(
      (frames) => this._answer.update((answer) => frames.reduce(reduceFrame, answer)),
      surroundings.schedule ?? beforeNextPaint,
    );
  }

  /** Resolves when the answer has ended, however it did; never rejects. */
  async start(): Promise<void> {
    const { signal: stopped } = this.connection;
    try {
      await this.surroundings.transport.stream(this.request, {
        signal: stopped,
        onFrames: (frames) => this.batch.add(frames.map((frame) => ({ frame, atMs: this.nowMs() }))),
      });
      this.batch.flush();
    } catch (failure) {
      this.batch.flush();
      if (!stopped.aborted) this._answer.update((answer) => endByFault(answer, faultOf(failure)));
    }
  }

  stop(): void {
    this.batch.flush();
    this._answer.update(endByStop);
    this.connection.abort();
  }
}

function faultOf(failure: unknown): RunFault {
  return failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
}
