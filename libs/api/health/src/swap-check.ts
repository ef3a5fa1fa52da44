import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type ConfigSnapshot, ConfigStore } from '@tandem/api/config';
import { eachOf } from '@tandem/shared/concurrency';
import { pairwise, startWith, type Subscription } from 'rxjs';
import { HealthMonitor } from './health-monitor';

const CHECKS_AT_ONCE = 8;

/** Looks at what a new configuration brings without waiting for the next round, and says aloud when none of it answers. */
@Injectable()
export class SwapCheck implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Config');
  private swaps: Subscription | undefined;

  constructor(
    private readonly store: ConfigStore,
    private readonly health: HealthMonitor,
  ) {}

  onApplicationBootstrap(): void {
    this.swaps = this.store.changes
      .pipe(startWith(this.store.snapshot), pairwise())
      .subscribe(([before, now]) => void this.check(before, now).catch((error: unknown) => this.logger.error(error)));
  }

  onModuleDestroy(): void {
    this.swaps?.unsubscribe();
  }

  private async check(before: ConfigSnapshot, now: ConfigSnapshot): Promise<void> {
    const fresh = now.models.filter((model) => !before.models.includes(model)).map(({ id }) => id);
    const dead = await this.deadAmong(fresh);
    if (fresh.length === 0 || dead < fresh.length) return;
    const what = fresh.length === 1 ? 'The model that is new' : `None of the ${fresh.length} models that are new`;
    const how = fresh.length === 1 ? 'does not answer' : 'answers';
    this.logger.error(`${what} in configuration ${now.version} ${how}; the configuration before it was ${before.version}. GET /api/health says why.`);
  }

  private async deadAmong(ids: readonly string[]): Promise<number> {
    let dead = 0;
    await eachOf(ids, CHECKS_AT_ONCE, async (id) => {
      // one that is gone again by now is no news
      const report = await this.health.checkNow(id).catch(() => undefined);
      if (report?.status === 'unhealthy') dead += 1;
    });
    return dead;
  }
}
