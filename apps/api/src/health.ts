import { Catalogue, type CatalogueItem, CatalogueModule, LocalSeats, ModelProbe } from '@tandem/api/catalogue';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { CheckpointStates } from '@tandem/api/inference';
import { HealthDirectory, HealthModule, HealthSettings, type HealthSubject } from '@tandem/api/health';
import { distinctUntilChanged, groupBy, map, mergeMap, type Observable } from 'rxjs';

/** The models whose seat is in another state than before; progress and use alone are no news. */
function changedModels(states: CheckpointStates, seats: LocalSeats): Observable<string> {
  return states.changes.pipe(
    groupBy((seat) => seat),
    mergeMap((changes) => changes.pipe(map((seat) => states.of(seat).status), distinctUntilChanged(), map(() => changes.key))),
    mergeMap((seat) => seats.idsOf(seat)),
  );
}

/** The catalogue as the health room wants to see it. */
function directoryOf(catalogue: Catalogue, probe: ModelProbe, states: CheckpointStates, seats: LocalSeats): HealthDirectory {
  const subjectOf = (item: CatalogueItem): HealthSubject => ({
    id: item.card.id,
    endpoint: item.card.endpoint,
    probe: (signal) => probe.probe(item, signal),
  });
  return {
    changes: changedModels(states, seats),
    list: async () => (await catalogue.items()).map(subjectOf),
    find: async (model) => subjectOf(await catalogue.find(model)),
  };
}

export const health = HealthModule.over({
  imports: [CatalogueModule],
  providers: [
    { provide: HealthDirectory, useFactory: directoryOf, inject: [Catalogue, ModelProbe, CheckpointStates, LocalSeats] },
    {
      provide: HealthSettings,
      useFactory: ({ healthIntervalSeconds }: Environment) => ({ intervalMs: healthIntervalSeconds * 1000 }),
      inject: [ENVIRONMENT],
    },
  ],
});
