import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HealthSettings, type HealthSubject } from './health-directory';
import { HealthMonitor } from './health-monitor';

const MAX_CHECKS_AT_ONCE = 8;
/** Replicas that started together do not look together. */
const JITTER = 0.2;

type RoundsState =
  { readonly kind: 'idle' } | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout } | { readonly kind: 'looking' } | { readonly kind: 'closed' };

/** Looks after all models again and again: the first time at once, never two rounds together. Owns the timer between. */
@Injectable()
export class HealthRounds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Health');
  private state: RoundsState = { kind: 'idle' };

  constructor(
    private readonly monitor: HealthMonitor,
    private readonly settings: HealthSettings,
  ) {}

  onApplicationBootstrap(): void {
    void this.look();
  }

  onModuleDestroy(): void {
    if (this.state.kind === 'waiting') clearTimeout(this.state.timer);
    this.state = { kind: 'closed' };
  }

  private async look(): Promise<void> {
    if (this.isClosed()) return;
    this.state = { kind: 'looking' };
    try {
      await this.checkAll([...(await this.monitor.subjects())]);
    } catch (error) {
      this.logger.error('a round of health checks failed', error instanceof Error ? error.stack : undefined);
    }
    if (this.isClosed()) return;
    const delayMs = this.settings.intervalMs * (1 + JITTER * (Math.random() - 0.5));
    this.state = { kind: 'waiting', timer: setTimeout(() => void this.look(), delayMs).unref() };
  }

  private async checkAll(waiting: HealthSubject[]): Promise<void> {
    const lane = async () => {
      for (let subject = waiting.shift(); subject !== undefined && !this.isClosed(); subject = waiting.shift()) {
        await this.monitor.check(subject);
      }
    };
    await Promise.all(Array.from({ length: MAX_CHECKS_AT_ONCE }, lane));
  }

  private isClosed(): boolean {
    return this.state.kind === 'closed';
  }
}
