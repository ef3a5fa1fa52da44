import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { eachOf, Rounds } from '@tandem/shared/concurrency';
import { HealthSettings } from './health-directory';
import { HealthMonitor } from './health-monitor';

const MAX_CHECKS_AT_ONCE = 8;
/** Replicas that started together do not look together. */
const JITTER = 0.2;

/** Looks after all models again and again: the first time at once, never two rounds together. */
@Injectable()
export class HealthRounds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Health');
  private readonly rounds: Rounds;

  constructor(
    private readonly monitor: HealthMonitor,
    { intervalMs }: HealthSettings,
  ) {
    this.rounds = new Rounds(
      () => this.look(),
      () => intervalMs * (1 + JITTER * (Math.random() - 0.5)),
    );
  }

  onApplicationBootstrap(): void {
    this.rounds.begin();
  }

  onModuleDestroy(): void {
    this.rounds.close();
  }

  private async look(): Promise<void> {
    try {
      const subjects = await this.monitor.subjects();
      await eachOf(subjects, MAX_CHECKS_AT_ONCE, async (subject) => {
        if (!this.rounds.isClosed) await this.monitor.check(subject);
      });
    } catch (error) {
      this.logger.error('a round of health checks failed', error instanceof Error ? error.stack : undefined);
    }
  }
}
