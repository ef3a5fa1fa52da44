import { Injectable } from '@nestjs/common';
import type { ConfigStatusBody } from '@tandem/shared/contracts';
import { ConfigRefresher } from '../config-refresher';
import { ConfigStore } from '../config-store';
import { LocalModels } from './local-models';

/** Where the configuration in force comes from, and what was wrong with the last refresh. It knows no secret. */
@Injectable()
export class ConfigStatus {
  constructor(
    private readonly store: ConfigStore,
    private readonly refresher: ConfigRefresher,
    private readonly local: LocalModels,
  ) {}

  async read(): Promise<ConfigStatusBody> {
    const { models, sources, version, loadedAt } = this.store.snapshot;
    const { failure, etag } = this.store;
    const count = (role: string): number => models.filter((model) => model.role === role).length;
    return {
      status: 'success',
      source: [...new Set([sources.baseline, sources.twodelta])].join('+'),
      version,
      etag,
      loaded_at: loadedAt.toISOString(),
      next_refresh_at: this.refresher.nextRefreshAt?.toISOString() ?? null,
      last_error: failure && { code: failure.code, message: failure.message, at: failure.at.toISOString() },
      counts: { baseline: count('baseline'), twodelta: count('twodelta'), local: await this.local.count() },
    };
  }

  async refresh(): Promise<ConfigStatusBody> {
    await this.refresher.refresh();
    return this.read();
  }
}
