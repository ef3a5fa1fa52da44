import type { KlSummary, OfBoth } from './divergence';
import type { ValueRange } from './parameters';
import type { ChatRole } from './requests';

/** How much of an adapter can be put over its weights: 0 is none of it, 1 as it was trained. */
export const ADAPTER_SCALE: ValueRange = { min: 0, max: 2, exclusiveMin: false, integer: false };

/** A model, and how much of its adapter is put over its weights. */
export interface ScaledModel {
  readonly model: string;
  /** Within `ADAPTER_SCALE`. Its own where left out; only of models that have an adapter. */
  readonly adapter_scale?: number;
}

/** A text that is scored along a series, and what was said before it. */
export interface SeriesText {
  readonly messages?: readonly { readonly role: ChatRole; readonly content: string }[];
  readonly text: string;
}

/** Body of `POST /api/divergences/series`. */
export interface SeriesRequest {
  readonly baseline: ScaledModel;
  /** In the order of the axis; each once. */
  readonly derivatives: readonly ScaledModel[];
  readonly texts: readonly SeriesText[];
}

/** A model on an axis, as its id. */
export interface PlacedModel {
  readonly model: string;
  /** Null of a model without an adapter. */
  readonly adapter_scale: number | null;
}

/** How far one model of a series is from the baseline, over all tokens of all texts. */
export interface SeriesPoint extends PlacedModel {
  /** Null where no text could be compared token by token. */
  readonly kl: KlSummary | null;
  /** The standard error of `kl.mean`, with each text as one cluster; null of fewer than two texts. */
  readonly kl_standard_error: number | null;
  /** 0 to 1. */
  readonly same_top: number | null;
  /** 0 to 1. */
  readonly rms_delta_p: number | null;
  /** Over the bytes that count for both. */
  readonly bits_per_byte: OfBoth<number | null>;
  /** Whether every text could be compared token by token. */
  readonly comparable: boolean;
  /** A sentence; null where they could. */
  readonly why_not: string | null;
}

/** How far each of several models is from one baseline, over the same texts. */
export interface DivergenceSeries {
  readonly baseline: PlacedModel;
  readonly texts: number;
  /** In the order that was asked for. */
  readonly points: readonly SeriesPoint[];
}

/** `adapter`: how much of one is put over its weights; `checkpoints`: files that one training left, step after step. */
export const SERIES_KINDS = ['adapter', 'checkpoints'] as const;

export type SeriesKind = (typeof SERIES_KINDS)[number];

/** A place on the axis of a series. */
export interface SeriesPlace extends PlacedModel {
  /** Of the training; null on the axis of an adapter. */
  readonly step: number | null;
  /** Id of the model that answers as it is measured here; null where none is configured so. */
  readonly asked_as: string | null;
}

/** Models that stand in one line: what a series can be asked over. */
export interface KnownSeries {
  /** The configured model with the adapter, or what the checkpoints' names have in common. */
  readonly name: string;
  readonly kind: SeriesKind;
  /** What the rest is compared with: the weights without the adapter, or the first step. */
  readonly baseline: PlacedModel;
  /** In the order of the axis, the baseline's own place with them. */
  readonly places: readonly SeriesPlace[];
  /** What a model at another scale would be configured with; null of checkpoints. */
  readonly adapter: { readonly endpoint: string; readonly file: string } | null;
}

/** Body of `GET /api/series`. */
export interface SeriesListBody {
  readonly status: 'success';
  readonly series: readonly KnownSeries[];
}

/** Body of `POST /api/divergences/series` as JSON; with `Accept: text/event-stream` the last event has `series` beside `done`. */
export interface SeriesBody {
  readonly status: 'success';
  readonly series: DivergenceSeries;
}
