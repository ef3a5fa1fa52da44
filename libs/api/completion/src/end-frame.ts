import type { Fault } from '@tandem/api/faults';
import type { EndFrame, StreamFrame, Timings } from '@tandem/shared/contracts';
import type { CompletionEnd } from './completion-source';

/** How a run ended: with its answer, or with a fault. */
export interface RunEnd {
  readonly end?: CompletionEnd;
  readonly fault?: Fault;
}

export function endFrameOf({ end, fault }: RunEnd, timings: Timings, seed: number): EndFrame {
  const ignored = end?.ignoredParameters ?? [];
  return {
    token: '',
    done: true,
    ...(end ? { finish_reason: end.finishReason } : {}),
    ...(fault ? { error: fault.toFrameError() } : {}),
    ...(end?.usage ? { usage: end.usage } : {}),
    timings,
    seed,
    ...(ignored.length > 0 ? { ignored_parameters: ignored } : {}),
  };
}

/** Only what a follower may know who is not to learn whose answer it is: how it ended. */
export function veiled({ token, done, finish_reason, error }: EndFrame): StreamFrame {
  return { token, done, ...(finish_reason ? { finish_reason } : {}), ...(error ? { error } : {}) } as EndFrame;
}
