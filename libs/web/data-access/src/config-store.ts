import { inject, Service, signal } from '@angular/core';
import type { ConfigStatusBody } from '@tandem/shared/contracts';
import { CatalogueStore } from './catalogue-store';
import { fetchJson } from './fetch-json';

/** How often the page asks, in milliseconds: a configuration changes rarely, and nobody waits for it. */
const LOOK_MS = 30_000;

/**
 * Where the server's configuration comes from and whether its last refresh went well. Looks again in time from `follow()`
 * on, and has the list of models loaded when the configuration is another.
 */
@Service()
export class ConfigStore {
  private readonly catalogue = inject(CatalogueStore);
  private readonly _status = signal<ConfigStatusBody | undefined>(undefined);
  private timer: ReturnType<typeof setInterval> | undefined;
  private looking: Promise<void> | undefined;

  /** Undefined until it is known. */
  readonly status = this._status.asReadonly();

  follow(): void {
    this.timer ??= setInterval(() => void this.look(), LOOK_MS);
    void this.look();
  }

  /** Looks now. One look at a time: the answer to an earlier one cannot come after a later one's. */
  look(): Promise<void> {
    this.looking ??= this.fetch().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async fetch(): Promise<void> {
    const before = this._status();
    const status = await fetchJson<ConfigStatusBody>('api/config').catch(() => undefined);
    if (!status) return;
    this._status.set(status);
    if (before !== undefined && before.version !== status.version) void this.catalogue.refresh();
  }
}
