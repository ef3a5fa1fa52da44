import type { Request } from 'express';
import { bodyTooLarge, Fault } from '@tandem/api/faults';
import type { BodySlots, Slot } from './body-slots';

/** Up to this size a body is held as it comes. */
const SMALL_BYTES = 64 * 1024;
/** A body that has a slot brings at least this much in each while, or loses it: 13 KB/s. */
const PACE_BYTES = 64 * 1024;
export const PACE_MS = 5_000;

export interface Collecting {
  /** The most that it may hold, as it is on the wire. */
  readonly bytes: number;
  readonly slots: BodySlots;
  readonly client: string;
  readonly paceMs?: number;
}

/**
 * All bytes of a body. One that grows large is held only while it has a slot among the large ones, which it gets when its
 * data is there and loses when no more comes.
 * @throws Fault `payload_too_large` at the byte too many, `request_timeout` when it loses its slot, `invalid_request` when it breaks off
 */
export function collectBody(request: Request, { bytes: limit, slots, client, paceMs = PACE_MS }: Collecting): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let slot: Slot | undefined;
    let pace: NodeJS.Timeout | undefined;

    const settle = (): void => {
      clearInterval(pace);
      slot?.leave();
      request.off('data', onData).off('end', onEnd).off('error', onBreak).off('close', onBreak);
    };
    const fail = (fault: Fault): void => {
      settle();
      // what still comes is read by nobody
      chunks.length = 0;
      reject(fault);
    };
    const keepPace = (): void => {
      let seen = size;
      pace = setInterval(() => {
        if (size - seen < PACE_BYTES) fail(tooSlow());
        seen = size;
      }, paceMs);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) return fail(bodyTooLarge(limit));
      chunks.push(chunk);
      if (size <= SMALL_BYTES || slot) return;
      request.pause();
      slot = slots.take(client, () => {
        keepPace();
        request.resume();
      });
    };
    const onEnd = (): void => {
      settle();
      resolve(Buffer.concat(chunks, size));
    };
    const onBreak = (): void => fail(new Fault('invalid_request', 'The connection closed before the request body was complete.'));
    request.on('data', onData).on('end', onEnd).on('error', onBreak).on('close', onBreak);
  });
}

function tooSlow(): Fault {
  return new Fault('request_timeout', 'The request body stopped coming. Send it again as a whole.', { retryable: true });
}
