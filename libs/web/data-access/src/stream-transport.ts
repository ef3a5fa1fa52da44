import { Service } from '@angular/core';
import { type StreamFrame, type StreamRequest } from '@tandem/shared/contracts';
import { faultOfResponse, RunFailure, SERVER_UNREACHABLE } from './run-fault';
import { readFrames, type StreamPlace } from './read-frames';
import { reconnect } from './reconnect';
import { tellStop } from './tell-stop';

/** The last frame of a stream that is there; 0 for none. */
export interface StreamPosition {
  readonly streamId: string;
  readonly number: number;
}

export interface StreamOptions {
  /** Stops the work at the model: the server is told. */
  readonly signal: AbortSignal;
  /** Called with what one read brought, never with nothing, and the number of the last frame of it. */
  readonly onFrames: (frames: readonly StreamFrame[], last: number) => void;
  /** Called with what the stream can be found by, from any page. */
  readonly onOpened?: (streamId: string) => void;
  /** Called with true when the connection is lost and looked for again, and with false when it is there again. */
  readonly onResuming?: (isResuming: boolean) => void;
}

/**
 * Frames of a stream, over as many connections as it takes: the server goes on with the work while one is lost. Holds no
 * state between calls; what a call opens is closed when it ends.
 */
@Service()
export class StreamTransport {
  /** Resolves after the end frame; rejects with a RunFailure, or with an AbortError when the signal stopped it. */
  async stream(request: StreamRequest, options: StreamOptions): Promise<void> {
    const response = await open(request, options.signal);
    if (!response.ok || !response.body) throw new RunFailure(await faultOfResponse(response));
    const streamId = response.headers.get('x-stream-id') ?? '';
    options.onOpened?.(streamId);
    await carry({ streamId, number: 0, heardAtMs: performance.now() }, options, response);
  }

  /** Goes on with a stream after a frame, as `stream` does. */
  async follow({ streamId, number }: StreamPosition, options: StreamOptions): Promise<void> {
    await carry({ streamId, number, heardAtMs: performance.now() }, options);
  }
}

async function carry(place: StreamPlace, options: StreamOptions, first?: Response): Promise<void> {
  const { signal, onResuming } = options;
  const stopOnServer = (): void => void tellStop(place.streamId);
  if (signal.aborted) stopOnServer();
  signal.addEventListener('abort', stopOnServer, { once: true });
  try {
    for (let response = first; ;) {
      if (response && (await readFrames(response, place, options))) return;
      onResuming?.(true);
      response = await reconnect(place, signal);
      onResuming?.(false);
    }
  } finally {
    signal.removeEventListener('abort', stopOnServer);
  }
}

/**
 * The request itself is never broken off: once it is on its way the server may have begun, and only its answer tells
 * what is to be stopped.
 */
async function open(request: StreamRequest, signal: AbortSignal): Promise<Response> {
  signal.throwIfAborted();
  const answer = fetch('stream', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ ...request, resumable: true }),
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw new RunFailure(SERVER_UNREACHABLE, { cause });
  });
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
      answer.then(letGo).catch(() => undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function letGo(response: Response): void {
  if (response.ok) void tellStop(response.headers.get('x-stream-id') ?? '');
  response.body?.cancel().catch(() => undefined);
}
