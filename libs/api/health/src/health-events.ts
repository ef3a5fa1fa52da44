import type { MessageEvent } from '@nestjs/common';
import { keptAlive } from '@tandem/api/sse';
import type { HealthReport } from '@tandem/shared/contracts';
import { defer, from, map, merge, mergeMap, type Observable } from 'rxjs';
import type { HealthMonitor } from './health-monitor';

/** The last known report of every model, then every change, as events without names, with comments to keep them alive. */
export function healthEvents(monitor: Pick<HealthMonitor, 'changes' | 'lastKnown'>): Observable<MessageEvent> {
  const known = defer(() => monitor.lastKnown()).pipe(mergeMap((reports) => from(reports)));
  const reports = merge(monitor.changes, known).pipe(map((report: HealthReport): MessageEvent => ({ data: JSON.stringify(report) })));
  return keptAlive(reports);
}
