import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import { MemoryPolicy } from './memory-policy';

const MINUTE_MS = 60_000;
const LONGEST_INTERVAL_MS = 15_000;

/** Unloads models that nobody used for a while. Owns the timer that looks for them. */
@Injectable()
export class IdleUnloader implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Memory');
  private readonly limitMs: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(INFERENCE_OPTIONS) { idleUnloadMinutes = 0 }: InferenceOptions,
    private readonly memory: MemoryPolicy,
  ) {
    this.limitMs = idleUnloadMinutes * MINUTE_MS;
  }

  onApplicationBootstrap(): void {
    if (this.limitMs === 0) return;
    this.timer = setInterval(() => this.look(), Math.min(this.limitMs / 4, LONGEST_INTERVAL_MS)).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const tenant of this.memory.loaded) {
      if (tenant.stage !== 'idle' || tenant.idleMs < this.limitMs) continue;
      this.logger.log(`${tenant.name} is unloaded: nobody used it for ${this.limitMs / MINUTE_MS} minutes`);
      void tenant.unload();
    }
  }
}
