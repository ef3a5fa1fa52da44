import { Injectable } from '@nestjs/common';
import { Readiness, VERSION } from '@tandem/api/http';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Gauges that prom-client calls totals, which are counters by convention; the same numbers are there by kind, under the names without it. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** What this process is, and how it does: memory, CPU, garbage collection, the delay of its event loop. */
@Injectable()
export class ProcessMetrics {
  constructor(registry: Registry, readiness: Readiness) {
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    for (const name of MISNAMED) registry.removeSingleMetric(name);
    new Gauge({ name: 'tandem_build_info', help: 'Always 1, with what runs', labelNames: ['version', 'node'], registers }).set(
      { version: VERSION, node: process.version },
      1,
    );
    new Gauge({
      name: 'tandem_ready',
      help: '1 while new requests are taken',
      registers,
      collect() {
        this.set(readiness.isLeaving || readiness.missingConfig !== null ? 0 : 1);
      },
    });
  }
}
