import { computed, signal } from '@angular/core';
import { type StreamFrame, type StreamRequest } from '@tandem/shared/contracts';
import { RunFailure, type RunFault, type StreamOptions, type StreamPosition, type StreamTransport, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { type AnswerView } from '../answer/answer-view';
import { isOngoing } from '../answer/answer-words';
import { beforeNextPaint, FrameBatch } from './frame-batch';
import {
  type AnswerSoFar,
  type ArrivedFrame,
  beginAnswer,
  endByFault,
  endByStop,
  reduceFrame,
  reduceResuming,
  rejoinAnswer,
  type RunningAnswer,
} from './reduce-frame';

export interface RunSurroundings {
  readonly transport: Pick<StreamTransport, 'stream' | 'follow'>;
  readonly nowMs?: () => number;
  readonly schedule?: (callback: () => void) => void;
}

type Carry = (options: StreamOptions) => Promise<void>;

let count = 0;
const nextId = (): string => `answer-${++count}`;

/**
 * One answer being made: from the request, or from where another page left it, to exactly one end. Owns its stream;
 * `stop()` has the server stop the model. A run that has ended stays as it is.
 */
export class AnswerRun {
  private readonly stopping = new AbortController();
  private readonly nowMs: () => number;
  private readonly batch: FrameBatch<ArrivedFrame>;
  private readonly _answer;
  private readonly _streamId = signal<string | null>(null);
  readonly answer;
  /** How it ended; undefined while it has not. */
  readonly ended = computed<AnswerView | undefined>(() => (isOngoing(this.answer().state) ? undefined : this.answer()));
  /** What its stream can be found by, from any page; null before the server has taken it on. */
  readonly streamId = this._streamId.asReadonly();

  private constructor(
    answer: RunningAnswer,
    private readonly carry: Carry,
    { nowMs, schedule }: RunSurroundings,
  ) {
    this.nowMs = nowMs ?? (() => performance.now());
    this._answer = signal(answer);
    this.answer = this._answer.asReadonly();
    this.batch = new FrameBatch((frames) => this._answer.update((before) => frames.reduce(reduceFrame, before)), schedule ?? beforeNextPaint);
  }

  /** What is so far there of an answer is gone on from. */
  static ask(request: StreamRequest, prompt: string, surroundings: RunSurroundings, soFar?: AnswerSoFar): AnswerRun {
    const sentAtMs = (surroundings.nowMs ?? (() => performance.now()))();
    return new AnswerRun(beginAnswer(nextId(), prompt, sentAtMs, soFar), (options) => surroundings.transport.stream(request, options), surroundings);
  }

  /** Goes on with a stream that another page began, after what that one had of it. */
  static rejoin(position: StreamPosition, prompt: string, surroundings: RunSurroundings, soFar: AnswerSoFar & { readonly tokens?: number }): AnswerRun {
    const run = new AnswerRun(
      rejoinAnswer(nextId(), prompt, soFar, position.number),
      (options) => surroundings.transport.follow(position, options),
      surroundings,
    );
    run._streamId.set(position.streamId);
    return run;
  }

  /** Follows a stream from its beginning, once it is known how it is called; its times are the server's. */
  static join(position: Promise<StreamPosition>, prompt: string, surroundings: RunSurroundings): AnswerRun {
    const begun: RunningAnswer = { ...rejoinAnswer(nextId(), prompt, { thoughts: '', text: '' }, 0), state: { kind: 'queued' } };
    const carry: Carry = async (options) => {
      const at = await position;
      options.onOpened?.(at.streamId);
      // the first connection takes the place of none
      let isFirst = true;
      const onResuming = (isResuming: boolean): void => {
        if (isFirst) isFirst = isResuming;
        else options.onResuming?.(isResuming);
      };
      await surroundings.transport.follow(at, { ...options, onResuming });
    };
    return new AnswerRun(begun, carry, surroundings);
  }

  /** An answer that has ended, as it was kept. */
  static kept(view: AnswerView, surroundings: RunSurroundings): AnswerRun {
    return new AnswerRun({ ...rejoinAnswer(nextId(), view.prompt, view, 0), ...view, id: nextId() }, () => Promise.resolve(), surroundings);
  }

  /** Resolves when the answer has ended, however it did; never rejects. */
  async start(): Promise<void> {
    const { signal: stopped } = this.stopping;
    try {
      await this.carry({
        signal: stopped,
        onFrames: (frames, last) => this.take(frames, last),
        onOpened: (streamId) => this._streamId.set(streamId),
        onResuming: (isResuming) => {
          this.batch.flush();
          this._answer.update((answer) => reduceResuming(answer, isResuming));
        },
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
    this.stopping.abort();
  }

  /** Where another page could go on; null where there is nothing to go on with. */
  position(): StreamPosition | null {
    const streamId = this._streamId();
    return streamId === null || streamId === '' || this.ended() ? null : { streamId, number: this.answer().frames };
  }

  private take(frames: readonly StreamFrame[], last: number): void {
    const first = last - frames.length + 1;
    this.batch.add(frames.map((frame, n) => ({ frame, atMs: this.nowMs(), number: first + n })));
  }
}

function faultOf(failure: unknown): RunFault {
  return failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
}
