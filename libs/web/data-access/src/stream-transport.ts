import { Service } from '@angular/core';
import { type StreamRequest } from '@tandem/shared/contracts';
import { faultOfResponse, RunFailure, SERVER_UNREACHABLE } from './run-fault';
import { readFrames } from './read-frames';
import { reconnect } from './reconnect';
import { type StreamOptions } from './stream-options';
import { type StreamCursor, type StreamPosition } from './stream-position';
import { tellStop } from './tell-stop';

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

async function carry(cursor: StreamCursor, options: StreamOptions, first?: Response): Promise<void> {
  const { signal, onResuming } = options;
  const stopOnServer = (): void => void tellStop(cursor.streamId);
  if (signal.aborted) stopOnServer();
  signal.addEventListener('abort', stopOnServer, { once: true });
  try {
    for (let response = first; ;) {
      if (response && (await readFrames(response, cursor, options))) return;
      onResuming?.(true);
      response = await reconnect(cursor, signal);
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
