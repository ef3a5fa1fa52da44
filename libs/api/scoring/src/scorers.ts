import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import type { ScoringSource } from '@tandem/api/completion';
import { Fault, notFoundAbleToScore } from '@tandem/api/faults';
import type { PlacedModel, ScaledModel } from '@tandem/shared/contracts';

/** A model that can be asked how likely a text is. */
export interface Scorer {
  readonly id: string;
  readonly scoring: ScoringSource;
  /** How much of its adapter is put over its weights, where that was asked for. */
  readonly adapterScale?: number;
  /** The field that names it. */
  readonly param: string;
}

/** Finds who scores for a model. Rejects with a `Fault`, whose `param` is the field at fault. */
@Injectable()
export class Scorers {
  constructor(private readonly targets: TargetResolver) {}

  /** @throws Fault `model_not_found`, `scoring_unsupported` */
  async find(model: string, param: string): Promise<Scorer> {
    const { card, scoring } = await this.targets.resolve(model, param);
    if (scoring === undefined) throw notFoundAbleToScore(card.id, param);
    return { id: card.id, scoring, param };
  }

  /** `path`: of the field that has the model in it. @throws Fault as above; `invalid_request` for a scale where there is no adapter */
  async findScaled({ model, adapter_scale: adapterScale }: ScaledModel, path: string): Promise<Scorer> {
    const scorer = await this.find(model, `${path}.model`);
    if (adapterScale === undefined) return scorer;
    if (!scorer.scoring.scalesAdapter) {
      const field = `${path}.adapter_scale`;
      throw new Fault('invalid_request', { field, what: `${scorer.id} has no adapter of which less or more could be used. Leave it out` }, { param: field });
    }
    return { ...scorer, adapterScale };
  }
}

export function placeOf({ id, scoring, adapterScale }: Scorer): PlacedModel {
  return { model: id, adapter_scale: adapterScale ?? scoring.adapterScale ?? null };
}
