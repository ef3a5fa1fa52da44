import { type StreamFrame, type StreamRequest } from '@tandem/shared/contracts';
import { type RunFault, RunFailure, type StreamOptions } from '@tandem/web/data-access';

/** One stream that a test plays: the request it began with, and the frames and the end it is given. */
export interface HeldStream {
  readonly request: StreamRequest;
  readonly isStopped: () => boolean;
  give(...frames: StreamFrame[]): void;
  end(): Promise<void>;
  fail(fault: RunFault): Promise<void>;
}

/** A transport whose streams do what a test says, when it says so. */
export class HeldTransport {
  readonly streams: HeldStream[] = [];

  stream(request: StreamRequest, { signal, onFrames }: StreamOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      this.streams.push({
        request,
        isStopped: () => signal.aborted,
        give: (...frames) => onFrames(frames),
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
