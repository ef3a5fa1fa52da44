import { Injectable } from '@nestjs/common';
import { Catalogue, type CatalogueItem, seatBehind } from '@tandem/api/catalogue';
import { ADAPTER_SCALE, isInRange, type KnownSeries, type SeriesPlace } from '@tandem/shared/contracts';
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
    const adapted = items.flatMap((item) => adapterSeries(item, ids.get(item.seat.checkpoint), items));
    return [...adapted, ...checkpointSeries([...ids.keys()].sort()).map(({ name, steps }) => trainingSeries(name, steps, ids))];
  }
}

function loadable(item: CatalogueItem): LocalItem[] {
  const seat = seatBehind(item);
  return seat === undefined || item.checkpoint?.loadable !== true ? [] : [{ id: item.card.id, seat }];
}

function adapterSeries({ id: model, seat: { checkpoint, adapter } }: LocalItem, bare: string | undefined, items: readonly LocalItem[]): KnownSeries[] {
  if (adapter === undefined || bare === undefined) return [];
  const alike = items.filter(({ seat }) => seat.checkpoint === checkpoint && seat.adapter?.file === adapter.file);
  // two models may be configured alike: on its own axis, each stands for itself
  const asked = new Map([[0, bare], ...alike.map(({ id, seat }) => [seat.adapter?.scale ?? 0, id] as const), [adapter.scale, model]]);
  const scales = [...new Set([...SCALES, ...asked.keys()])].filter((scale) => isInRange(scale, ADAPTER_SCALE)).sort((one, other) => one - other);
  const places = scales.map((scale): SeriesPlace => ({ model, adapter_scale: scale, step: null, asked_as: asked.get(scale) ?? null }));
  const baseline = { model: bare, adapter_scale: null };
  return [{ name: model, kind: 'adapter', baseline, places, adapter: { endpoint: `local:${checkpoint}`, file: adapter.file } }];
}

function trainingSeries(name: string, steps: ReturnType<typeof checkpointSeries>[number]['steps'], ids: ReadonlyMap<string, string>): KnownSeries {
  const places = steps.map(({ checkpoint, step }): SeriesPlace => {
    const model = ids.get(checkpoint) ?? checkpoint;
    return { model, adapter_scale: null, step, asked_as: model };
  });
  return { name, kind: 'checkpoints', baseline: { model: places[0]?.model ?? name, adapter_scale: null }, places, adapter: null };
}
