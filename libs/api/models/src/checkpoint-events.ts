import type { MessageEvent } from '@nestjs/common';
import type { LocalSeats } from '@tandem/api/catalogue';
import type { CheckpointsFolder, CheckpointStates } from '@tandem/api/inference';
import { withPings } from '@tandem/api/platform';
import type { CheckpointEvent } from '@tandem/shared/contracts';
import { concatMap, defer, from, map, merge, type Observable } from 'rxjs';
import { modelStatusOf } from './model-status-of';

/** The status of every seat that is not unloaded, then every change of one and of the list of files; completes with the states. */
export function checkpointEvents(states: CheckpointStates, folder: CheckpointsFolder, seats: LocalSeats): Observable<MessageEvent> {
  const statusesOf = (seat: string): CheckpointEvent[] =>
    seats.namesOf(seat).map((name) => ({ type: 'status', status: modelStatusOf(name, states.of(seat)) }));
  const known = defer(() => from(states.seats.filter((seat) => states.of(seat).status !== 'unloaded')));
  const statuses = merge(states.changes, known).pipe(concatMap(statusesOf));
  const lists = folder.changes.pipe(map((): CheckpointEvent => ({ type: 'list' })));
  return withPings(merge(statuses, lists).pipe(map((event): MessageEvent => ({ data: JSON.stringify(event) }))));
}
