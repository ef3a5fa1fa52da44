import { ANSWER_GONE, CONNECTION_LOST, faultOfResponse, RunFailure } from './run-fault';
import { type StreamCursor } from './stream-position';

/** How long the server goes on with a stream that nobody reads, in milliseconds. */
const RESUME_MS = 60_000;
/** How long each try waits, in milliseconds; the last of them is waited for again and again. */
const WAITS_MS = [0, 300, 1_000, 2_000, 4_000];

/** Said by a proxy whose server is away for a moment, or by a server that is told to stop. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A new connection to a stream, after the last frame that is there. Rejects with a RunFailure, or when it is stopped. */
export async function reconnect(cursor: StreamCursor, signal: AbortSignal): Promise<Response> {
  const beganAtMs = performance.now();
  for (let tries = 0; ; tries++) {
    // a server that takes each connection and closes it at once has not been heard either
    const isFirst = tries === 0 && beganAtMs - cursor.heardAtMs < RESUME_MS;
    await pause(isFirst ? 0 : (WAITS_MS[tries] ?? WAITS_MS.at(-1) ?? 0), signal);
    const response = await ask(cursor, signal);
    if (response?.ok && response.body) return response;
    if (response?.status === 404) throw new RunFailure(ANSWER_GONE);
    if (response && !PASSING.has(response.status)) throw new RunFailure(await faultOfResponse(response));
    if (performance.now() - Math.max(beganAtMs, cursor.heardAtMs) >= RESUME_MS) throw new RunFailure(CONNECTION_LOST);
  }
}

async function ask({ streamId, number }: StreamCursor, signal: AbortSignal): Promise<Response | undefined> {
  if (streamId === '') throw new RunFailure(CONNECTION_LOST);
  try {
    return await fetch(`stream/${streamId}?after=${number}`, { headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal });
  } catch (failure) {
    if (signal.aborted) throw failure;
    return undefined;
  }
}

/** Waits, but not on when the network comes back or somebody looks at the page again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      removeEventListener('online', settle);
      document.removeEventListener('visibilitychange', settle);
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const timer = setTimeout(settle, ms);
    addEventListener('online', settle);
    document.addEventListener('visibilitychange', settle);
    signal.addEventListener('abort', settle);
    if (signal.aborted) settle();
  });
}
