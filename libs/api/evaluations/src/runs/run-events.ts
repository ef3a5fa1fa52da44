import { Injectable, type MessageEvent } from '@nestjs/common';
import { Readiness } from '@tandem/api/http';
import { keptAlive } from '@tandem/api/sse';
import { concatMap, distinctUntilChanged, from, map, type Observable, takeWhile, timer } from 'rxjs';
import { OVER, RunRecords } from './run-records';

/** How often the store is asked, in milliseconds: another server may be the one that works on the run. */
const LOOK_MS = 500;

/** How far runs are, as events. Every stream ends with the run, or when the server drains. */
@Injectable()
export class RunEvents {
  constructor(
    private readonly records: RunRecords,
    private readonly readiness: Readiness,
  ) {}

  /** @throws Fault `not_found` before the first event */
  async stream(id: string): Promise<Observable<MessageEvent>> {
    await this.records.get(id);
    const events = timer(0, LOOK_MS).pipe(
      concatMap(() => from(this.records.get(id))),
      map(({ card: { state, counts } }) => ({ state, counts })),
      takeWhile(({ state }) => !OVER.includes(state), true),
      map((event): MessageEvent => ({ data: JSON.stringify(event) })),
      distinctUntilChanged((one, other) => one.data === other.data),
    );
    return this.readiness.untilDraining(keptAlive(events));
  }
}
