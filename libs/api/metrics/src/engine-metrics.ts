import { Injectable } from '@nestjs/common';
import { EngineHost } from '@tandem/api/inference';
import { Counter, Gauge, Registry } from 'prom-client';

/** The process that runs local models. */
@Injectable()
export class EngineMetrics {
  constructor(registry: Registry, host: EngineHost) {
    const registers = [registry];
    const losses = new Counter({
      name: 'tandem_engine_restarts_total',
      help: 'How often the process that runs local models was lost; it is started again',
      registers,
    });
    host.onLoss(() => losses.inc());
    new Gauge({
      name: 'tandem_engine_up',
      help: '1 while the process that runs local models is there',
      registers,
      collect() {
        this.set(host.isRunning ? 1 : 0);
      },
    });
  }
}
