import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '@tandem/api/faults';
import type { UpstreamResponse } from './upstream-client';

/** Statuses by which a server or the proxy before it says that it gave no answer, for a reason that may pass. */
const PASSING = new Set([500, 502, 503, 504, 529]);
const DELAY_MS = 80;
const JITTER_MS = 160;
/** A server that took longer to fail has used up the patience of whoever waits. */
const QUICK_MS = 1_000;

function isWorthRepeating(outcome: UpstreamResponse | Fault): boolean {
  if (outcome instanceof Fault) return outcome.code === 'upstream_unreachable' && outcome.retryable;
  return PASSING.has(outcome.status);
}

/**
 * Sends a request, and a second time after a short pause where the first failed at once and before any byte of an
 * answer. What fails later is never repeated: it may have cost an answer.
 */
export async function retryOnce(send: () => Promise<UpstreamResponse>, signal: AbortSignal): Promise<UpstreamResponse> {
  const start = performance.now();
  const outcome = await send().catch((error: unknown) => {
    if (error instanceof Fault) return error;
    throw error;
  });
  if (isWorthRepeating(outcome) && performance.now() - start < QUICK_MS) {
    if (!(outcome instanceof Fault)) outcome.body.on('error', () => undefined).destroy();
    await delay(DELAY_MS + Math.random() * JITTER_MS, undefined, { signal });
    return send();
  }
  if (outcome instanceof Fault) throw outcome;
  return outcome;
}
