import { Injectable } from '@nestjs/common';
import { ConfigStore } from '@tandem/api/config';
import { Gauge, Registry } from 'prom-client';

/** Which configuration is in force: replicas that differ show here. */
@Injectable()
export class ConfigMetrics {
  constructor(registry: Registry, store: ConfigStore) {
    const registers = [registry];
    // by the monotonic clock, so that the age does not jump with the clock of the machine
    let sinceMs = performance.now();
    store.changes.subscribe(() => (sinceMs = performance.now()));
    new Gauge({
      name: 'tandem_config_info',
      help: '1 for the version of the configuration in force, with where its lists come from',
      labelNames: ['version', 'source'],
      registers,
      collect() {
        const { version, sources } = store.snapshot;
        this.reset();
        this.set({ version, source: [...new Set([sources.baseline, sources.twodelta])].join('+') }, 1);
      },
    });
    new Gauge({
      name: 'tandem_config_age_seconds',
      help: 'How long the configuration in force has been',
      registers,
      collect() {
        this.set((performance.now() - sinceMs) / 1000);
      },
    });
    new Gauge({
      name: 'tandem_config_last_refresh_success',
      help: '1 where the last refresh could use all that it read, 0 where something was wrong and the last good one stays',
      registers,
      collect() {
        this.set(store.failure === null ? 1 : 0);
      },
    });
  }
}
