import { Catalogue, type CatalogueItem, CatalogueModule, LocalSeats, ModelProbe, RemoteSources } from '@tandem/api/catalogue';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { CheckpointStates } from '@tandem/api/inference';
import { asyncScheduler, distinctUntilChanged, groupBy, map, merge, mergeMap, type Observable, throttleTime } from 'rxjs';
import { HealthDirectory, HealthSettings, type HealthSubject } from './health-directory';
import { HealthModule } from './health.module';
import { SwapCheck } from './swap-check';

/** Many answers that fail together are one reason to look at a model server. */
const DOUBT_MS = 1_000;

/** The models whose seat is in another state than before; progress and use alone are no news. */
function changedModels(states: CheckpointStates, seats: LocalSeats): Observable<string> {
  return states.changes.pipe(
    groupBy((seat) => seat),
    mergeMap((changes) =>
      changes.pipe(
        map((seat) => states.of(seat).status),
        distinctUntilChanged(),
        map(() => changes.key),
      ),
    ),
    mergeMap((seat) => seats.idsOf(seat)),
  );
}

/** The models whose answers say something new of their server, each at most once in a while. */
function doubtedModels(sources: RemoteSources): Observable<string> {
  return sources.changes.pipe(
    groupBy((model) => model),
    mergeMap((doubts) => doubts.pipe(throttleTime(DOUBT_MS, asyncScheduler, { leading: true, trailing: true }))),
  );
}

/** The catalogue as the health room wants to see it. */
function directoryOf(catalogue: Catalogue, probe: ModelProbe, states: CheckpointStates, seats: LocalSeats, sources: RemoteSources): HealthDirectory {
  const subjectOf = (item: CatalogueItem): HealthSubject => ({
    id: item.card.id,
    endpoint: item.card.endpoint,
    probe: (signal) => probe.probe(item, signal),
    whenLate: () => probe.whenLate(item),
  });
  return {
    changes: merge(changedModels(states, seats), doubtedModels(sources)),
    list: async () => (await catalogue.items()).map(subjectOf),
    find: async (model) => subjectOf(await catalogue.find(model)),
  };
}

/** The health of every model that can be asked. One module, whoever imports it. */
export const MODEL_HEALTH = HealthModule.over({
  imports: [CatalogueModule],
  providers: [
    { provide: HealthDirectory, useFactory: directoryOf, inject: [Catalogue, ModelProbe, CheckpointStates, LocalSeats, RemoteSources] },
    {
      provide: HealthSettings,
      useFactory: ({ healthIntervalSeconds }: Environment) => ({ intervalMs: healthIntervalSeconds * 1000 }),
      inject: [ENVIRONMENT],
    },
    SwapCheck,
  ],
});
