import { Fault } from '@tandem/api/faults';
import { type QueueLimits, RequestQueue } from '@tandem/shared/concurrency';

/** As many as a process carries well; a server that takes fewer says so by HTTP 429 or 503. */
export const DEFAULT_QUEUE: QueueLimits = { running: 2_048, waiting: 512 };

const RETRY_AFTER_SECONDS = 5;

/** The requests to one model at a server. `take` throws `queue_full`. */
export function openRequestQueue(limits: QueueLimits): RequestQueue {
  return new RequestQueue(
    limits,
    (running, waiting) =>
      new Fault('queue_full', `This model has ${running} answers to give and ${waiting} requests waiting: try again in a few seconds.`, {
        retryable: true,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      }),
  );
}
