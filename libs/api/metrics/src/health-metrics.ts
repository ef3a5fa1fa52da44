import { Injectable } from '@nestjs/common';
import { RemoteSources } from '@tandem/api/catalogue';
import { ConfigStore } from '@tandem/api/config';
import { HealthMonitor } from '@tandem/api/health';
import type { HealthState } from '@tandem/shared/contracts';
import { Gauge, Registry } from 'prom-client';

const STATUSES: readonly HealthState[] = ['healthy', 'degraded', 'loading', 'unhealthy', 'unknown'];

/** The last known state of every configured model. Nothing is asked for it. */
@Injectable()
export class HealthMetrics {
  constructor(registry: Registry, monitor: HealthMonitor, config: ConfigStore, remote: RemoteSources) {
    new Gauge({
      name: 'tandem_model_health',
      help: '1 for the state that a configured model was last seen in, 0 for all others',
      labelNames: ['model', 'status'],
      registers: [registry],
      async collect() {
        const configured = new Set(config.snapshot.models.map(({ id }) => id));
        const reports = await monitor.lastKnown();
        this.reset();
        for (const { model, status } of reports.filter((report) => configured.has(report.model))) {
          for (const candidate of STATUSES) this.set({ model, status: candidate }, candidate === status ? 1 : 0);
        }
      },
    });
    new Gauge({
      name: 'tandem_model_resting',
      help: '1 while a model server is left alone because its answers failed again and again',
      labelNames: ['model'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [model, isResting] of remote.resting) this.set({ model }, isResting ? 1 : 0);
      },
    });
  }
}
