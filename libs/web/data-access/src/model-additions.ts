import { inject, Service } from '@angular/core';
import type { AddedModelBody, ModelEntry, ModelTestBody } from '@tandem/shared/contracts';
import { CatalogueStore } from './catalogue-store';
import { fetchJson } from './fetch-json';

export type ModelSide = 'baseline' | 'twodelta';

/** Models that are not configured yet: tried, and written into the configuration, by whoever runs the server. */
@Service()
export class ModelAdditions {
  private readonly catalogue = inject(CatalogueStore);

  /** What a check finds; nothing changes. @param token ADMIN_TOKEN; empty where there is none. Rejects with a RunFailure. */
  test(entry: ModelEntry, token: string): Promise<ModelTestBody> {
    return fetchJson<ModelTestBody>('api/config/models/test', 'POST', { entry }, { token });
  }

  /** Its id, once it is in force and in the list. Rejects with a RunFailure. */
  async add(side: ModelSide, entry: ModelEntry, token: string): Promise<string> {
    const { id } = await fetchJson<AddedModelBody>('api/config/models', 'POST', { side, entry }, { token });
    await this.catalogue.refresh();
    return id;
  }
}
