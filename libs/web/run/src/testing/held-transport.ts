import { type StreamFrame, type StreamRequest } from '@tandem/shared/contracts';
import { type RunFault, RunFailure, type StreamOptions, type StreamPosition } from '@tandem/web/data-access';

/** One stream that a test plays: the request it began with, and the frames and the end it is given. */
export interface HeldStream {
  readonly request: StreamRequest;
  /** Where it was gone on with; such a stream has no request of its own. */
  readonly position?: StreamPosition;
  /** What the server calls it. */
  open(streamId: string): void;
  resume(isResuming: boolean): void;
  readonly isStopped: () => boolean;
  give(...frames: StreamFrame[]): void;
  end(): Promise<void>;
  fail(fault: RunFault): Promise<void>;
}

/** A transport whose streams do what a test says, when it says so. */
export class HeldTransport {
  readonly streams: HeldStream[] = [];

  stream(request: StreamRequest, options: StreamOptions): Promise<void> {
    return this.hold({ request }, options);
  }

  follow(position: StreamPosition, options: StreamOptions): Promise<void> {
    return this.hold({ request: { model: '' }, position }, options);
  }

  private hold(what: Pick<HeldStream, 'request' | 'position'>, { signal, onFrames, onOpened, onResuming }: StreamOptions): Promise<void> {
    let number = what.position?.number ?? 0;
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      this.streams.push({
        ...what,
        open: (streamId) => onOpened?.(streamId),
        resume: (isResuming) => onResuming?.(isResuming),
        isStopped: () => signal.aborted,
        give: (...frames) => onFrames(frames, (number += frames.length)),
        end: () => settled(resolve()),
        fail: (fault) => settled(reject(new RunFailure(fault))),
      });
    });
  }

  of(model: string): HeldStream {
    const stream = this.streams.findLast(({ request }) => request.model === model);
    if (!stream) throw new Error(`No stream of ${model} was begun.`);
    return stream;
  }
}

/** After everything that waited for it has run. */
function settled(_: void): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

export const token = (text: string): StreamFrame => ({ token: text, done: false });

export const end = (tokens = 2): StreamFrame => ({
  token: '',
  done: true,
  finish_reason: 'stop',
  usage: { prompt_tokens: 5, completion_tokens: tokens, total_tokens: 5 + tokens },
  timings: { queue_ms: 0, load_ms: 0, ttft_ms: 40, total_ms: 100, tokens_per_second: 50, source: 'server' },
  seed: 7,
});
