import { type Checkpoint, type HealthReport, type ModelCard, type ModelStatus } from '@tandem/shared/contracts';
import { type MarkKind } from '@tandem/web/design';
import { CANNOT_BE_CONVERTED, isUnconvertible, sayAssumptions, sayConversion } from '../checkpoint/conversion-words';
import { sayFamily } from '../checkpoint/family-words';
import { type Coming, comingOf, sayLoadState } from '../checkpoint/load-words';
import { sayMegabytes } from '../checkpoint/say-megabytes';
import { sayPrice } from '../grouping/card-words';
import { type GroupedCard, groupByPair } from '../grouping/pair-groups';
import { sayHealth } from '../health/health-words';
import { sayServed } from '../health/identity-words';

/** One row of the picker. */
export interface ModelOption {
  readonly id: string;
  readonly title: string;
  readonly health: string;
  readonly mark: MarkKind;
  /** False where something is known to be wrong with it. */
  readonly isWell: boolean;
  /** Context length, size, price and endpoint, as far as they are known. */
  readonly facts: string;
  /** What its server says it serves; empty where it does not say. */
  readonly identity: string;
  /** Whose model a checkpoint is, and how it comes into a form that can be loaded; empty for a GGUF. */
  readonly making: string;
  /** What is believed about it that stands nowhere; empty where nothing is. */
  readonly assumptions: string;
  /** Whether what is wrong with it is that no GGUF can be made of it. */
  readonly isUnconvertible: boolean;
  /** While it is being converted or loaded. */
  readonly coming: Coming | undefined;
  readonly checkpoint: Checkpoint | undefined;
  readonly card: ModelCard;
  readonly report: HealthReport | undefined;
}

/** An option in its place in the list. */
export interface PlacedOption extends ModelOption {
  /** How many steps it is derived from what heads its group. */
  readonly depth: number;
  /** Ids of checkpoints that it is as well. */
  readonly standsFor: readonly string[];
}

export interface ModelGroup {
  readonly name: string;
  readonly options: readonly PlacedOption[];
}

export interface Models {
  readonly cards: readonly ModelCard[];
  readonly reports: ReadonlyMap<string, HealthReport>;
  /** Of local models, by the checkpoint's name or the model's id. */
  readonly statuses: ReadonlyMap<string, ModelStatus>;
  readonly checkpointOf: (card: ModelCard) => Checkpoint | undefined;
}

/** The models whose title, group, endpoint or family holds every word of `query`, group by group. */
export function groupModels(models: Models, query: string): readonly ModelGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = ({ card, standsFor }: GroupedCard, group: string): boolean => {
    const family = sayFamily(models.checkpointOf(card)?.family);
    const text = `${card.title} ${card.name} ${group} ${card.endpoint} ${standsFor.join(' ')} ${family}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return groupByPair(models.cards)
    .map(({ name, members }) => ({
      name,
      options: members
        .filter((member) => isWanted(member, name))
        .map(({ card, depth, standsFor }): PlacedOption => ({ ...toOption(card, models), depth, standsFor })),
    }))
    .filter((group) => group.options.length > 0);
}

export function toOption(card: ModelCard, models: Omit<Models, 'cards'>): ModelOption {
  const { reports, checkpointOf } = models;
  const report = reports.get(card.id);
  const isWell = report === undefined || report.healthy || report.status === 'unknown';
  const checkpoint = checkpointOf(card);
  const status = statusOf(card, models);
  const coming = comingOf(status);
  const isUnable = isUnconvertible(checkpoint, status);
  const isLoadTold = card.place === 'local' && (isWell || coming !== undefined);
  const { word, kind } = isLoadTold ? sayLoadState(status) : sayHealth(report);
  return {
    id: card.id,
    title: card.title,
    health: isUnable ? CANNOT_BE_CONVERTED : word,
    mark: isUnable ? 'bad' : kind,
    isWell,
    facts: factsOf(card, checkpoint, report).join(' · '),
    identity: sayServed(card, report?.identity),
    making: [sayFamily(checkpoint?.family), sayConversion(checkpoint, status)].filter(Boolean).join(' · '),
    assumptions: sayAssumptions(checkpoint),
    isUnconvertible: isUnable,
    coming,
    checkpoint,
    card,
    report,
  };
}

/** What a local model is doing; undefined for one that is not loaded, and for a remote one. */
export function statusOf(card: ModelCard, { statuses, checkpointOf }: Pick<Models, 'statuses' | 'checkpointOf'>): ModelStatus | undefined {
  return statuses.get(card.id) ?? statuses.get(checkpointOf(card)?.name ?? '');
}

/** What kind of model answers, in a few words: "local · nanoGPT · gpt2 · F16 · 124M". */
export function describeModel(card: ModelCard, checkpoint: Checkpoint | undefined): string {
  if (card.place !== 'local') return [card.provider, card.type, card.endpoint].filter(Boolean).join(' · ');
  // Hugging Face calls a family as its architecture is called
  const architecture = checkpoint?.family?.startsWith('hf-') ? null : checkpoint?.architecture;
  const parts = [sayFamily(checkpoint?.family), architecture, checkpoint?.quantization, shortCount(checkpoint?.parameters)];
  return ['local', ...parts].filter(Boolean).join(' · ');
}

/** In tokens. What a server says it runs with is truer than what the configuration says of it. */
export function contextLengthOf({ context_length, place }: ModelCard, checkpoint: Checkpoint | undefined, report: HealthReport | undefined): number | null {
  const running = place === 'local' ? null : report?.identity?.context_length;
  return running ?? context_length ?? checkpoint?.context_length ?? null;
}

function factsOf(card: ModelCard, checkpoint: Checkpoint | undefined, report: HealthReport | undefined): string[] {
  const context = contextLengthOf(card, checkpoint, report);
  const size = checkpoint ? sayMegabytes(checkpoint.size_mb) : '';
  return [context ? `${context.toLocaleString('en')} context` : '', size, sayPrice(card.price), card.endpoint].filter(Boolean);
}

function shortCount(count: number | null | undefined): string {
  if (!count) return '';
  return count.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
}
