import { inject, Service, signal } from '@angular/core';
import type { HealthReport } from '@tandem/shared/contracts';
import { CatalogueStore } from './catalogue-store';

/** How long after a refused connection the next try is made, in milliseconds. */
const RETRY_MS = 5_000;

/**
 * How every model is, as the server reports changes. Owns the page's one connection to `/api/health/stream` from
 * `follow()` on, and opens it again when it is lost.
 */
@Service()
export class HealthStore {
  private readonly catalogue = inject(CatalogueStore);
  private readonly _reports = signal<ReadonlyMap<string, HealthReport>>(new Map());
  private readonly _isConnected = signal(true);
  private source: EventSource | undefined;

  /** By model id. */
  readonly reports = this._reports.asReadonly();
  /** Whether the server can be heard; true until it is found otherwise. */
  readonly isConnected = this._isConnected.asReadonly();

  follow(): void {
    if (this.source) return;
    const source = new EventSource('/api/health/stream');
    this.source = source;
    source.onopen = () => this.heard();
    source.onmessage = ({ data }: MessageEvent<string>) => this.take(data);
    source.onerror = () => {
      this._isConnected.set(false);
      if (source.readyState !== EventSource.CLOSED) return;
      this.source = undefined;
      setTimeout(() => this.follow(), RETRY_MS);
    };
  }

  private heard(): void {
    if (!this._isConnected()) void this.catalogue.load();
    this._isConnected.set(true);
  }

  private take(data: string): void {
    const report = JSON.parse(data) as HealthReport;
    this._reports.update((reports) => new Map(reports).set(report.model, report));
    const { state, byId } = this.catalogue;
    // a model that the list does not have: the configuration was refreshed
    if (state().kind === 'ready' && !byId().has(report.model)) void this.catalogue.load();
  }
}
