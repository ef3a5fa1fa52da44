import { Service } from '@angular/core';
import { isEndFrame, type StreamFrame, type StreamRequest } from '@tandem/shared/contracts';
import { EventDecoder } from '@tandem/shared/sse';
import { CONNECTION_LOST, faultOfResponse, RunFailure, SERVER_UNREACHABLE, UNREADABLE_ANSWER } from './run-fault';

export interface StreamOptions {
  /** Stops the work at the model: the server ends it when the connection closes. */
  readonly signal: AbortSignal;
  /** Called with what one read brought, never with nothing. */
  readonly onFrames: (frames: readonly StreamFrame[]) => void;
}

/** Bytes of `POST /stream` to frames. Holds no state: each call is one connection, closed when the call ends. */
@Service()
export class StreamTransport {
  /** Resolves after the end frame; rejects with a RunFailure, or with an AbortError when the signal stopped it. */
  async stream(request: StreamRequest, { signal, onFrames }: StreamOptions): Promise<void> {
    const response = await connect(request, signal);
    if (!response.ok || !response.body) throw new RunFailure(await faultOfResponse(response));
    const stopOnServer = (): void => tellStop(response.headers.get('x-stream-id'));
    signal.addEventListener('abort', stopOnServer, { once: true });
    const reader = response.body.getReader();
    let arrived: StreamFrame[] = [];
    let hasEnded = false;
    const decoder = new EventDecoder({
      onEvent: ({ data }) => {
        if (hasEnded) return;
        const frame = parseFrame(data);
        hasEnded = isEndFrame(frame);
        arrived.push(frame);
      },
    });
    try {
      while (!hasEnded) {
        const { done, value } = await read(reader, signal);
        if (done) throw new RunFailure(CONNECTION_LOST);
        try {
          decoder.push(value);
        } finally {
          // what came before something unreadable in the same read is part of the answer
          if (arrived.length > 0) onFrames(arrived);
          arrived = [];
        }
      }
    } finally {
      signal.removeEventListener('abort', stopOnServer);
      reader.cancel().catch(() => undefined);
    }
  }
}

async function connect(request: StreamRequest, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch('stream', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify(request),
      cache: 'no-store',
      signal,
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new RunFailure(SERVER_UNREACHABLE, { cause });
  }
}

/** A connection that closes may stay unnoticed behind a proxy that buffers; this arrives by itself. */
function tellStop(id: string | null): void {
  if (id !== null) void fetch(`stream/${id}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new RunFailure(CONNECTION_LOST, { cause });
  }
}

function parseFrame(data: string): StreamFrame {
  try {
    const frame: unknown = JSON.parse(data);
    if (isFrame(frame)) return frame;
  } catch (cause) {
    throw new RunFailure(UNREADABLE_ANSWER, { cause });
  }
  throw new RunFailure(UNREADABLE_ANSWER);
}

function isFrame(value: unknown): value is StreamFrame {
  if (typeof value !== 'object' || value === null) return false;
  return 'token' in value && typeof value.token === 'string' && 'done' in value && typeof value.done === 'boolean';
}
