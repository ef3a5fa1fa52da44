import { Injectable } from '@nestjs/common';
import { ConfigStore } from '@tandem/api/config';
import { type Seat, seatName } from '@tandem/api/inference';
import { Fault } from '@tandem/api/faults';
import { Catalogue } from './catalogue';
import { placeOf, seatOfModel } from './place-of';

export interface NamedSeat {
  readonly seat: Seat;
  /** What clients call it: the checkpoint's name, or the id of the model that puts an adapter over one. */
  readonly name: string;
}

/** Which seat of this machine answers for a model, and what clients call it. */
@Injectable()
export class LocalSeats {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly config: ConfigStore,
  ) {}

  /** @throws Fault `model_not_found`; `conflict` where a model server answers for it */
  async find(model: string): Promise<NamedSeat> {
    const item = await this.catalogue.find(model, 'name');
    const { seat } = placeOf(item);
    if (seat === undefined) {
      throw new Fault('conflict', `${item.card.id} runs elsewhere, at ${item.card.endpoint}: Tandem neither loads nor unloads it.`, { param: 'name' });
    }
    return { seat, name: seat.adapter === undefined ? seat.checkpoint : item.card.id };
  }

  /** Every model that the seat with that name answers for. */
  idsOf(seat: string): readonly string[] {
    const configured = this.config.snapshot.models.filter((model) => {
      const found = seatOfModel(model);
      return found !== undefined && seatName(found) === seat;
    });
    return [...configured.map(({ id }) => id), seat];
  }

  /** What clients call the seat with that name: several configured models may share one with an adapter. */
  namesOf(seat: string): readonly string[] {
    const ids = this.config.snapshot.models.flatMap((model) => {
      const found = seatOfModel(model);
      return found?.adapter !== undefined && seatName(found) === seat ? [model.id] : [];
    });
    return ids.length > 0 ? ids : [seat];
  }
}
