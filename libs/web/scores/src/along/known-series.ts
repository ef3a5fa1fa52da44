import { Service, signal } from '@angular/core';
import { type KnownSeries, type SeriesListBody } from '@tandem/shared/contracts';
import { fetchJson } from '@tandem/web/data-access';

/** The series that the models of this server stand in; empty until they are known, and where the server knows none. */
@Service()
export class KnownSeriesStore {
  private readonly _series = signal<readonly KnownSeries[]>([]);
  private loading: Promise<void> | undefined;

  readonly series = this._series.asReadonly();

  load(): Promise<void> {
    this.loading ??= fetchJson<SeriesListBody>('api/series')
      .then(({ series }) => this._series.set(series))
      .catch(() => undefined)
      .finally(() => (this.loading = undefined));
    return this.loading;
  }
}
