import { Fault } from '@tandem/api/faults';

/** Running and waiting together; four run at once. */
const DEFAULT_PLACES = 32;
const RETRY_AFTER_SECONDS = 5;

/** The places of one queue: as many as may run or wait. */
export class Places {
  private taken = 0;

  constructor(private readonly limit: number = DEFAULT_PLACES) {}

  /** Returns how to give the place back; only the first call counts. @throws Fault `queue_full` */
  take(): () => void {
    if (this.taken >= this.limit) {
      throw new Fault('queue_full', `This model has ${this.taken} requests to answer already, and no room for more. Try again in a few seconds.`, {
        retryable: true,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    this.taken++;
    let isHeld = true;
    return () => {
      if (isHeld) this.taken--;
      isHeld = false;
    };
  }
}
