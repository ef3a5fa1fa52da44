import type { MessageEvent } from '@nestjs/common';
import type { HealthReport } from '@tandem/shared/contracts';
import { concat, defer, endWith, from, ignoreElements, interval, map, merge, mergeMap, type Observable, of, share, takeUntil } from 'rxjs';
import type { HealthMonitor } from './health-monitor';

/** No proxy on the way takes the connection for dead. */
const PING_MS = 15_000;

const comment = (text: string): MessageEvent => ({ comment: text }) as MessageEvent;

/** The last known report of every model, then every change, as events without names, with comments to keep them alive. */
export function healthEvents(monitor: Pick<HealthMonitor, 'changes' | 'lastKnown'>, pingMs = PING_MS): Observable<MessageEvent> {
  const changes = monitor.changes.pipe(share());
  const known = defer(() => monitor.lastKnown()).pipe(mergeMap((reports) => from(reports)));
  const reports = merge(changes, known).pipe(map((report: HealthReport): MessageEvent => ({ data: JSON.stringify(report) })));
  const over = changes.pipe(ignoreElements(), endWith(null));
  const pings = interval(pingMs).pipe(
    map(() => comment('ping')),
    takeUntil(over),
  );
  return concat(of(comment('tandem')), merge(reports, pings));
}
