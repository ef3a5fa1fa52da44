import { Injectable } from '@nestjs/common';
import type { Target } from '@tandem/api/completion';
import { LocalRuntime } from '@tandem/api/inference';
import { Catalogue, type CatalogueItem } from './catalogue';
import { placeOf } from './place-of';
import { RemoteSources } from './remote-sources';

/** Finds what can answer for a model, and opens the source behind it. */
@Injectable()
export class TargetResolver {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly runtime: LocalRuntime,
    private readonly remote: RemoteSources,
  ) {}

  /** @throws Fault `model_not_found` */
  async resolve(model: string, param?: string): Promise<Target> {
    const item = await this.catalogue.find(model, param);
    return { card: item.card, defaults: item.model?.entry.parameters ?? {}, ...this.sourcesOf(item) };
  }

  private sourcesOf(item: CatalogueItem): Pick<Target, 'source' | 'texts' | 'scoring' | 'prompts'> {
    const place = placeOf(item);
    if (place.seat !== undefined) {
      const { seat } = place;
      const { runtime } = this;
      return { source: runtime.sourceFor(seat), texts: runtime.textsOf(seat), scoring: runtime.scoringOf(seat), prompts: runtime.promptsOf(seat) };
    }
    const source = this.remote.of(place.remote);
    return { source, scoring: source.scoring, prompts: source.prompts };
  }
}
