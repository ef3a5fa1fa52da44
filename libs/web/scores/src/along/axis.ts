import { type KnownSeries, type ScaledModel, type SeriesPlace, type SeriesRequest } from '@tandem/shared/contracts';
import { type ModelOption } from '@tandem/web/model-status';
import { type SaidMessage } from '../scoring/scoring-task';

/** Whether it is worth asking for series: a model has an adapter, or its file a number that may be a step. */
export function mayStandInSeries(option: Pick<ModelOption, 'card' | 'checkpoint' | 'report'> | undefined): boolean {
  if (option?.card.place !== 'local') return false;
  return (option.report?.identity?.base ?? null) !== null || /\d/.test(option.checkpoint?.name ?? '');
}

/** The series that one of these models stands in. */
export function seriesOf(all: readonly KnownSeries[], models: readonly string[]): readonly KnownSeries[] {
  return all.filter(({ places, baseline }) => [...places, baseline].some(({ model }) => models.includes(model)));
}

/** What a place is called on its axis, which says of what it is. */
export function namePlace({ adapter_scale, step, model }: SeriesPlace): string {
  return step?.toLocaleString('en') ?? adapter_scale?.toString() ?? model;
}

/** What a place is called where it stands alone. */
export function sayPlace(place: SeriesPlace): string {
  const name = namePlace(place);
  if (place.step !== null) return `step ${name}`;
  return place.adapter_scale === null ? name : `scale ${name}`;
}

export function seriesRequest({ baseline, places }: KnownSeries, messages: readonly SaidMessage[], text: string): SeriesRequest {
  return { baseline: scaled(baseline), derivatives: places.map(scaled), texts: [messages.length > 0 ? { messages, text } : { text }] };
}

function scaled({ model, adapter_scale }: Pick<SeriesPlace, 'model' | 'adapter_scale'>): ScaledModel {
  return adapter_scale === null ? { model } : { model, adapter_scale };
}

/** Where each place stands on its axis, 0 to 1: by its scale or step, else one after the other. */
export function positionsOf(places: readonly SeriesPlace[]): readonly number[] {
  const values = places.map(({ step, adapter_scale }, at) => step ?? adapter_scale ?? at);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (most === least ? 0 : (value - least) / (most - least)));
}
