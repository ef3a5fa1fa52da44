import { Component, computed, DestroyRef, inject, input, output, signal } from '@angular/core';
import { type DivergenceSeries, type KnownSeries } from '@tandem/shared/contracts';
import { askWithProgress, RunFailure, type RunFault, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { Button, ProgressBar, sayPercent } from '@tandem/web/design';
import { FaultNote } from '@tandem/web/run';
import { type SaidMessage } from '../scoring/scoring-task';
import { sayKl, sayShare } from '../surprise/say-amounts';
import { sayPlace, seriesRequest } from './axis';
import { SeriesChart } from './series-chart';

type PanelState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'scoring'; readonly progress: number }
  | { readonly kind: 'done'; readonly along: DivergenceSeries; readonly series: KnownSeries }
  | { readonly kind: 'failed'; readonly fault: RunFault };

/** A text that can be scored along a series, as it is offered. */
export interface TextOnOffer {
  readonly name: string;
  readonly messages: readonly SaidMessage[];
  readonly text: string;
}

const OWN: TextOnOffer = { name: 'A text of your own', messages: [], text: '' };

/** Scores a text along a series of models: how far each is from the baseline, as a curve and as a table. */
@Component({
  selector: 'tandem-along-panel',
  imports: [Button, FaultNote, ProgressBar, SeriesChart],
  templateUrl: './along-panel.html',
  styleUrl: './along-panel.css',
})
export class AlongPanel {
  readonly series = input.required<readonly KnownSeries[]>();
  readonly texts = input.required<readonly TextOnOffer[]>();
  /** A pair of models is to be compared, each as it is configured. */
  readonly open = output<{ readonly baseline: string; readonly derivative: string }>();
  /** A place is to be compared at which no model answers yet. */
  readonly add = output<{ readonly series: KnownSeries; readonly scale: number }>();

  private readonly state = signal<PanelState>({ kind: 'idle' });
  private stopping: AbortController | undefined;
  protected readonly seriesAt = signal(0);
  protected readonly textAt = signal(0);
  protected readonly own = signal('');
  protected readonly offered = computed(() => [...this.texts(), OWN]);
  protected readonly isOwn = computed(() => this.offered()[this.textAt()] === OWN);
  private readonly text = computed(() => (this.isOwn() ? { ...OWN, text: this.own() } : (this.offered()[this.textAt()] ?? OWN)));
  protected readonly obstacle = computed(() => (this.text().text.trim() === '' ? 'Write a text first.' : ''));
  protected readonly progress = computed(() => {
    const state = this.state();
    return state.kind === 'scoring' ? state.progress : undefined;
  });
  protected readonly fault = computed(() => {
    const state = this.state();
    return state.kind === 'failed' ? state.fault : undefined;
  });
  protected readonly done = computed(() => {
    const state = this.state();
    return state.kind === 'done' ? state : undefined;
  });
  protected readonly rows = computed(() => {
    const done = this.done();
    if (!done) return [];
    return done.along.points.map((point, at) => {
      const place = done.series.places[at] ?? { ...point, step: null, asked_as: point.model };
      return {
        name: sayPlace(place),
        isAsked: place.asked_as !== null,
        kl: point.kl ? sayKl(point.kl.mean, point.kl.kind) : (point.why_not ?? 'not comparable'),
        sameTop: point.same_top === null ? '–' : sayShare(point.same_top),
        bits: point.bits_per_byte.derivative?.toFixed(2) ?? '–',
      };
    });
  });
  protected readonly isSomeoneMissing = computed(() => this.rows().some(({ isAsked }) => !isAsked));
  protected readonly sayPercent = sayPercent;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  protected async score(): Promise<void> {
    const series = this.series()[this.seriesAt()];
    if (!series || this.obstacle() !== '') return;
    this.stop();
    const { signal: stopped } = (this.stopping = new AbortController());
    const tell = (state: PanelState): void => {
      if (!stopped.aborted) this.state.set(state);
    };
    tell({ kind: 'scoring', progress: 0 });
    const { messages, text } = this.text();
    try {
      const options = { signal: stopped, onProgress: (progress: number) => tell({ kind: 'scoring', progress }) };
      const body = seriesRequest(series, messages, text);
      const { series: along } = await askWithProgress<{ series: DivergenceSeries }>('api/divergences/series', body, options);
      tell({ kind: 'done', along, series });
    } catch (failure) {
      tell({ kind: 'failed', fault: failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER });
    }
  }

  protected stop(): void {
    this.stopping?.abort();
    this.state.set({ kind: 'idle' });
  }

  /** Compares the baseline with who answers at a place, or has somebody made who does. */
  protected choose(at: number): void {
    const { along, series } = this.done() ?? {};
    const place = series?.places[at];
    if (!along || !place) return;
    if (place.asked_as !== null) this.open.emit({ baseline: along.baseline.model, derivative: place.asked_as });
    else if (place.adapter_scale !== null) this.add.emit({ series, scale: place.adapter_scale });
  }
}
