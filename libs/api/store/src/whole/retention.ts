import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { Fault } from '@tandem/api/faults';
import { Store } from '../store';
import { StoreContents } from './store-contents';

const DAY_MS = 24 * 3_600_000;
const LOOK_MS = 3_600_000;

/** Deletes what has grown older than `RETENTION_DAYS`, when the store opens and every hour. */
@Injectable()
export class Retention implements OnModuleDestroy {
  private readonly logger = new Logger('Store');
  private readonly opened;

  constructor(
    store: Store,
    private readonly contents: StoreContents,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.opened = store.openings.subscribe(() => void this.sweep());
  }

  onModuleDestroy(): void {
    this.opened.unsubscribe();
  }

  /** Never rejects: while nothing can be kept, nothing grows old there. */
  @Interval(LOOK_MS)
  async sweep(nowMs = Date.now()): Promise<void> {
    const { retentionDays } = this.environment;
    if (retentionDays === 0) return;
    try {
      const rows = await this.contents.forget(nowMs - retentionDays * DAY_MS);
      if (rows > 0) this.logger.log(`${rows} rows older than ${retentionDays} days were deleted`);
    } catch (thrown) {
      if (!(thrown instanceof Fault)) this.logger.error({ msg: 'what is too old could not be deleted', err: thrown });
    }
  }
}
