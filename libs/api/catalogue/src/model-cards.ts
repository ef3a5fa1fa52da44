import { Injectable } from '@nestjs/common';
import type { ModelCard } from '@tandem/shared/contracts';
import { Catalogue, type CatalogueItem } from './catalogue';
import { placeOf } from './place-of';
import { RemoteSources } from './remote-sources';

/** Cards as clients are shown them: with what was found of the servers behind them so far. */
@Injectable()
export class ModelCards {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly remote: RemoteSources,
  ) {}

  async list(): Promise<readonly ModelCard[]> {
    return (await this.catalogue.items()).map((item) => this.shown(item));
  }

  /** @throws Fault `model_not_found` */
  async find(model: string, param: string): Promise<ModelCard> {
    return this.shown(await this.catalogue.find(model, param));
  }

  private shown(item: CatalogueItem): ModelCard {
    const place = placeOf(item);
    return place.seat === undefined ? { ...item.card, scoring: this.remote.of(place.remote).scoring.ability } : item.card;
  }
}
