import { Injectable, type MessageEvent } from '@nestjs/common';
import { LocalSeats } from '@tandem/api/catalogue';
import { CheckpointsFolder, CheckpointStates } from '@tandem/api/inference';
import { Readiness } from '@tandem/api/http';
import { keptAlive } from '@tandem/api/sse';
import type { CheckpointEvent } from '@tandem/shared/contracts';
import { concatMap, defer, from, map, merge, type Observable } from 'rxjs';
import { modelStatusOf } from './model-status-of';

/** What is going on with local models, as events. Every stream ends when the server drains. */
@Injectable()
export class CheckpointEvents {
  constructor(
    private readonly states: CheckpointStates,
    private readonly folder: CheckpointsFolder,
    private readonly seats: LocalSeats,
    private readonly readiness: Readiness,
  ) {}

  /** The status of every seat that is not unloaded, then every change of one and of the list of files. */
  stream(): Observable<MessageEvent> {
    const { states, folder, seats } = this;
    const statusesOf = (seat: string): CheckpointEvent[] =>
      seats.namesOf(seat).map((name) => ({ type: 'status', status: modelStatusOf(name, states.of(seat)) }));
    const known = defer(() => from(states.seats.filter((seat) => states.of(seat).status !== 'unloaded')));
    const statuses = merge(states.changes, known).pipe(concatMap(statusesOf));
    const lists = folder.changes.pipe(map((): CheckpointEvent => ({ type: 'list' })));
    const events = merge(statuses, lists).pipe(map((event): MessageEvent => ({ data: JSON.stringify(event) })));
    return this.readiness.untilDraining(keptAlive(events));
  }
}
