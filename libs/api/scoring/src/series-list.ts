import { Injectable } from '@nestjs/common';
import { Catalogue, type CatalogueItem, seatBehind } from '@tandem/api/catalogue';
import type { KnownSeries, SeriesPlace } from '@tandem/shared/contracts';
import { checkpointSeries } from './checkpoint-series';

const SCALES = [0, 0.25, 0.5, 0.75, 1];

type Seat = NonNullable<ReturnType<typeof seatBehind>>;

interface LocalItem {
  readonly id: string;
  readonly seat: Seat;
}

/** The local models that stand in one line: an adapter over its weights, less and more of it, and the steps of a training. */
@Injectable()
export class SeriesList {
  constructor(private readonly catalogue: Catalogue) {}

  async list(): Promise<readonly KnownSeries[]> {
    const items = (await this.catalogue.items()).flatMap(loadable);
    const bare = items.filter(({ seat }) => seat.adapter === undefined);
    // configured ones come first: people know those by their ids
    const ids = new Map(bare.map(({ id, seat }) => [seat.checkpoint, id] as const).reverse());
    const adapted = items.flatMap(({ id, seat }) => adapterSeries(id, seat.adapter, ids.get(seat.checkpoint)));
    return [...adapted, ...checkpointSeries([...ids.keys()].sort()).map(({ name, steps }) => trainingSeries(name, steps, ids))];
  }
}

function loadable(item: CatalogueItem): LocalItem[] {
  const seat = seatBehind(item);
  return seat === undefined || item.checkpoint?.loadable !== true ? [] : [{ id: item.card.id, seat }];
}

function adapterSeries(model: string, adapter: Seat['adapter'], bare: string | undefined): KnownSeries[] {
  if (adapter === undefined || bare === undefined) return [];
  const scales = [...new Set([...SCALES, adapter.scale])].sort((one, other) => one - other);
  const places = scales.map((scale): SeriesPlace => ({ model, adapter_scale: scale, step: null }));
  return [{ name: model, kind: 'adapter', baseline: { model: bare, adapter_scale: null }, places }];
}

function trainingSeries(name: string, steps: ReturnType<typeof checkpointSeries>[number]['steps'], ids: ReadonlyMap<string, string>): KnownSeries {
  const places = steps.map(({ checkpoint, step }): SeriesPlace => ({ model: ids.get(checkpoint) ?? checkpoint, adapter_scale: null, step }));
  return { name, kind: 'checkpoints', baseline: { model: places[0]?.model ?? name, adapter_scale: null }, places };
}
