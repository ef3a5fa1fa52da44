import { modelQueueFull } from '@tandem/api/faults';
import { RequestQueue } from '@tandem/shared/concurrency';

/** Running and waiting together; four run at once, which the engine sees to. */
const DEFAULT_PLACES = 32;

/** The requests to one local model: as many are taken as may run or wait. `take` throws `queue_full`. */
export function openRequestQueue(places: number = DEFAULT_PLACES): RequestQueue {
  return new RequestQueue({ running: places, waiting: 0 }, modelQueueFull);
}
