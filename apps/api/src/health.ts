import { Catalogue, type CatalogueItem, CatalogueModule, ModelProbe } from '@tandem/api/catalogue';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { HealthDirectory, HealthModule, HealthSettings, type HealthSubject } from '@tandem/api/health';

/** The catalogue as the health room wants to see it. */
function directoryOf(catalogue: Catalogue, probe: ModelProbe): HealthDirectory {
  const subjectOf = (item: CatalogueItem): HealthSubject => ({
    id: item.card.id,
    endpoint: item.card.endpoint,
    probe: (signal) => probe.probe(item, signal),
  });
  return {
    list: async () => (await catalogue.items()).map(subjectOf),
    find: async (model) => subjectOf(await catalogue.find(model)),
  };
}

export const health = HealthModule.over({
  imports: [CatalogueModule],
  providers: [
    { provide: HealthDirectory, useFactory: directoryOf, inject: [Catalogue, ModelProbe] },
    {
      provide: HealthSettings,
      useFactory: ({ healthIntervalSeconds }: Environment) => ({ intervalMs: healthIntervalSeconds * 1000 }),
      inject: [ENVIRONMENT],
    },
  ],
});
