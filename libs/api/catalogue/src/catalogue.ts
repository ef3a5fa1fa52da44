import { Injectable } from '@nestjs/common';
import { type ConfiguredModel, type ConfigSnapshot, ConfigStore } from '@tandem/api/config';
import { CheckpointsFolder } from '@tandem/api/inference';
import { unknownModel } from '@tandem/api/faults';
import type { Checkpoint, ModelCard } from '@tandem/shared/contracts';
import { cardOfCheckpoint, cardOfModel, checkpointOf, derivativesOf } from './cards';

/** A card with what it stands for: a configured model, or a checkpoint that was found. */
export interface CatalogueItem {
  readonly card: ModelCard;
  readonly model: ConfiguredModel | undefined;
  readonly checkpoint: Checkpoint | undefined;
  /** When its file was last changed; of what is elsewhere, when its configuration was loaded. */
  readonly since: Date;
}

/** Every model that can be asked, configured or found, as of now. */
@Injectable()
export class Catalogue {
  private last: { readonly list: readonly Checkpoint[]; readonly snapshot: ConfigSnapshot; readonly items: readonly CatalogueItem[] } | undefined;

  constructor(
    private readonly config: ConfigStore,
    private readonly folder: CheckpointsFolder,
  ) {}

  /** Baselines first, then derivatives, then local checkpoints, each in its source's order. */
  async items(): Promise<readonly CatalogueItem[]> {
    const list = await this.folder.list();
    const { snapshot } = this.config;
    // Thousands of checkpoints are looked through with every request.
    if (this.last?.list !== list || this.last.snapshot !== snapshot) this.last = { list, snapshot, items: itemsOf(list, snapshot) };
    return this.last.items;
  }

  /** How many of them are found here and not configured. */
  async countLocal(): Promise<number> {
    return (await this.items()).filter(({ card }) => card.role === 'local').length;
  }

  /**
   * The item with that id, or else that name, or else that endpoint: an exact match in a map, never a path or an address.
   * @throws Fault `model_not_found`, which names the known ids.
   */
  async find(model: string, param = 'model'): Promise<CatalogueItem> {
    const items = await this.items();
    const found = (['id', 'name', 'endpoint'] as const).map((key) => items.find(({ card }) => card[key] === model)).find((item) => item !== undefined);
    if (found) return found;
    throw unknownModel(
      model,
      items.map(({ card }) => card.id),
      param,
    );
  }
}

function itemsOf(list: readonly Checkpoint[], { models, loadedAt }: ConfigSnapshot): CatalogueItem[] {
  const checkpoints = new Map(list.map((checkpoint) => [checkpoint.name, checkpoint]));
  const derivatives = derivativesOf(models);
  const configured = models.map((model): CatalogueItem => {
    const checkpoint = checkpoints.get(checkpointOf(model.entry.endpoint) ?? '');
    return { card: cardOfModel(model, derivatives.get(model.id) ?? [], checkpoint), model, checkpoint, since: checkpoint ? changedAt(checkpoint) : loadedAt };
  });
  const taken = new Set(models.map(({ id }) => id));
  const found = [...checkpoints.values()]
    .filter(({ name }) => !taken.has(name))
    .map((checkpoint): CatalogueItem => ({ card: cardOfCheckpoint(checkpoint), model: undefined, checkpoint, since: changedAt(checkpoint) }));
  return [...configured, ...found];
}

function changedAt({ modified }: Checkpoint): Date {
  return new Date(`${modified.replace(' ', 'T')}Z`);
}
