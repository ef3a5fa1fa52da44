import { Injectable } from '@nestjs/common';
import { Exchanges } from '@tandem/api/http';
import { Counter, Histogram, Registry } from 'prom-client';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const SECONDS = [0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600];

/** Counts and times requests by the pattern of their route, never by what a client wrote. */
@Injectable()
export class RequestMetrics {
  constructor(registry: Registry, exchanges: Exchanges) {
    const labelNames = ['route', 'method', 'status'];
    const requests = new Counter({ name: 'tandem_http_requests_total', help: 'Requests that were answered', labelNames, registers: [registry] });
    const durations = new Histogram({
      name: 'tandem_http_request_duration_seconds',
      help: 'From a request to the end of its answer; streams last as long as their answer',
      labelNames: ['route'],
      buckets: SECONDS,
      registers: [registry],
    });
    const turnedAway = new Counter({
      name: 'tandem_connections_turned_away_total',
      help: 'Connections that were closed as they came, because there were too many',
      registers: [registry],
    });
    exchanges.turnedAway.subscribe(() => turnedAway.inc());
    exchanges.ended.subscribe(({ route, method, status, durationMs }) => {
      requests.inc({ route, method: METHODS.has(method) ? method : 'other', status });
      if (durationMs !== null) durations.observe({ route }, durationMs / 1000);
    });
  }
}
