import type { ConfiguredModel } from '@tandem/api/config';
import type { Seat } from '@tandem/api/inference';
import type { ModelCard } from '@tandem/shared/contracts';
import { checkpointOf } from './cards';

/** How much of an adapter is put over its base where the configuration does not say. */
const FULL_SCALE = 1;

/** The seat that answers for a model on this machine; undefined where a model server does. */
export function seatOfModel({ entry }: ConfiguredModel): Seat | undefined {
  const checkpoint = checkpointOf(entry.endpoint);
  if (checkpoint === undefined) return undefined;
  const { adapter } = entry;
  return adapter === undefined ? { checkpoint } : { checkpoint, adapter: { file: adapter.file, scale: adapter.scale ?? FULL_SCALE } };
}

/** Where a model is answered: on this machine, or by the server its entry names. */
export type Place = { readonly seat: Seat } | { readonly seat?: undefined; readonly remote: ConfiguredModel };

interface Item {
  readonly card: ModelCard;
  readonly model: ConfiguredModel | undefined;
}

/** The seat of this machine that answers for it; undefined where a model server does. */
export function seatBehind(item: Item): Seat | undefined {
  return placeOf(item).seat;
}

export function placeOf({ card, model }: Item): Place {
  if (model === undefined) return { seat: { checkpoint: card.id } };
  const seat = seatOfModel(model);
  return seat === undefined ? { remote: model } : { seat };
}
