import { inject, Service, signal } from '@angular/core';
import type { HealthReport } from '@tandem/shared/contracts';
import { CatalogueStore } from './catalogue-store';
import { fetchJson } from './fetch-json';
import { VisibleStream } from './visible-stream';

/**
 * How every model is, as the server reports changes. Owns the page's one connection to `/api/health/stream` from
 * `follow()` on, and opens it again when it is lost.
 */
@Service()
export class HealthStore {
  private readonly catalogue = inject(CatalogueStore);
  private readonly _reports = signal<ReadonlyMap<string, HealthReport>>(new Map());
  private readonly _isConnected = signal(true);
  private stream: VisibleStream | undefined;

  /** By model id; empty while the server cannot be heard. */
  readonly reports = this._reports.asReadonly();
  /** Whether the server can be heard; true until it is found otherwise. */
  readonly isConnected = this._isConnected.asReadonly();

  follow(): void {
    this.stream ??= new VisibleStream('api/health/stream', {
      onOpen: () => this.heard(),
      onMessage: (data) => this.take(data),
      onLost: () => this.lost(),
    });
  }

  /** Has the server look at one model now. What it found comes with the answer and to everyone else who follows. */
  async check(id: string): Promise<void> {
    const report = await fetchJson<HealthReport>(`health-check?model=${encodeURIComponent(id)}`).catch(() => undefined);
    if (report) this.add(report);
  }

  /** What was heard last may not be so any more. */
  private lost(): void {
    this._isConnected.set(false);
    this._reports.set(new Map());
  }

  private heard(): void {
    if (!this._isConnected()) void this.catalogue.load();
    this._isConnected.set(true);
  }

  private take(data: string): void {
    const report = parse(data);
    if (!report) return;
    this.add(report);
    const { state, byId } = this.catalogue;
    // a model that the list does not have: the configuration was refreshed
    if (state().kind === 'ready' && !byId().has(report.model)) void this.catalogue.refresh();
  }

  private add(report: HealthReport): void {
    this._reports.update((reports) => new Map(reports).set(report.model, report));
  }
}

/** Undefined for what is no report: one frame that cannot be read must not end all others. */
function parse(data: string): HealthReport | undefined {
  try {
    const report = JSON.parse(data) as Partial<HealthReport> | null;
    return typeof report?.model === 'string' && typeof report.status === 'string' ? (report as HealthReport) : undefined;
  } catch {
    return undefined;
  }
}
