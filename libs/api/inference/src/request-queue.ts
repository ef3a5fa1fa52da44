import { Fault } from '@tandem/api/faults';
import { RequestQueue } from '@tandem/shared/concurrency';

/** Running and waiting together; four run at once, which the engine sees to. */
const DEFAULT_PLACES = 32;
const RETRY_AFTER_SECONDS = 5;

/** The requests to one local model: as many are taken as may run or wait. `take` throws `queue_full`. */
export function openRequestQueue(places: number = DEFAULT_PLACES): RequestQueue {
  return new RequestQueue(
    { running: places, waiting: 0 },
    (taken) =>
      new Fault('queue_full', `This model has ${taken} requests to answer already, and no room for more. Try again in a few seconds.`, {
        retryable: true,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      }),
  );
}
