import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Rounds } from '@tandem/shared/concurrency';
import { HealthSettings, type HealthSubject } from './health-directory';
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
      await this.checkAll([...(await this.monitor.subjects())]);
    } catch (error) {
      this.logger.error('a round of health checks failed', error instanceof Error ? error.stack : undefined);
    }
  }

  private async checkAll(waiting: HealthSubject[]): Promise<void> {
    const lane = async () => {
      for (let subject = waiting.shift(); subject !== undefined && !this.rounds.isClosed; subject = waiting.shift()) {
        await this.monitor.check(subject);
      }
    };
    await Promise.all(Array.from({ length: MAX_CHECKS_AT_ONCE }, lane));
  }
}
