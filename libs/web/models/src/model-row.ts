import type { Checkpoint, HealthReport, ModelCard, ModelStatus } from '@tandem/shared/contracts';
import { describeModel, groupOf, HEALTH_WORDS, MODEL_GROUPS, type Models, sayLoadState, statusOf } from '@tandem/web/conversation';
import type { MarkKind } from '@tandem/web/design';
import { sayMegabytes } from './say-megabytes';

/** What can be done with a model where it stands. */
export type ModelAction = 'load' | 'cancel' | 'unload' | 'check';

/** One model of the table, in words. */
export interface ModelRow {
  readonly id: string;
  readonly title: string;
  /** Architecture, quantisation and size of a file, provider and kind of a server. */
  readonly kind: string;
  readonly context: string;
  readonly endpoint: string;
  /** Where its entry comes from. */
  readonly source: string;
  readonly mark: MarkKind;
  readonly state: string;
  /** Why it cannot be used, and what to do; empty when it can. */
  readonly reason: string;
  /** Of the load, 0 to 1; null when it is not loading. */
  readonly progress: number | null;
  readonly memory: string;
  readonly isMemoryEstimate: boolean;
  /** ISO 8601, or null. */
  readonly lastUsed: string | null;
  /** How many answers it is giving. */
  readonly generations: number;
  readonly isUsable: boolean;
  readonly actions: readonly ModelAction[];
}

export interface ModelRowGroup {
  readonly name: string;
  readonly rows: readonly ModelRow[];
}

/** The rows that hold every word of `query`, group by group. */
export function groupRows(known: Models, query: string): readonly ModelRowGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = MODEL_GROUPS.map((name) => ({
    name,
    rows: known.cards
      .filter((card) => groupOf(card) === name)
      .map((card) => toRow(card, known))
      .filter((row) => {
        const text = `${row.title} ${row.id} ${name} ${row.kind} ${row.endpoint} ${row.state}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
  }));
  return groups.filter(({ rows }) => rows.length > 0);
}

export function toRow(card: ModelCard, known: Omit<Models, 'cards'>): ModelRow {
  const { reports, checkpointOf } = known;
  const checkpoint = checkpointOf(card);
  const isLocal = card.endpoint.startsWith('local:');
  const shared = {
    id: card.id,
    title: card.title,
    kind: isLocal ? describeModel(card, checkpoint) : [card.provider, card.type].filter(Boolean).join(' · '),
    context: card.context_length === null ? '' : `${card.context_length.toLocaleString('en')} context`,
    endpoint: card.endpoint,
    source: card.source,
  };
  if (!isLocal) return { ...shared, ...remoteState(reports.get(card.id)) };
  return { ...shared, ...localState(checkpoint, statusOf(card, known), reports.get(card.id)) };
}

type RowState = Omit<ModelRow, 'id' | 'title' | 'kind' | 'context' | 'endpoint' | 'source'>;

const NOTHING = { progress: null, memory: '', isMemoryEstimate: false, lastUsed: null, generations: 0, isUsable: true } as const;

function remoteState(report: HealthReport | undefined): RowState {
  const { word, kind } = HEALTH_WORDS[report?.status ?? 'unknown'];
  const isWell = report === undefined || report.healthy;
  return { ...NOTHING, mark: kind, state: word, reason: isWell ? '' : [report.detail, report.hint].filter(Boolean).join(' '), actions: ['check'] };
}

function localState(checkpoint: Checkpoint | undefined, status: ModelStatus | undefined, report: HealthReport | undefined): RowState {
  const unusable = unusableReason(checkpoint, status, report);
  if (unusable !== null) return { ...NOTHING, isUsable: false, mark: 'bad', state: 'cannot be used', reason: unusable, actions: [] };
  const loaded = status?.memory_mb ?? null;
  const estimate = checkpoint?.memory_estimate_mb ?? null;
  const common = {
    ...NOTHING,
    memory: loaded !== null ? sayMegabytes(loaded) : estimate === null ? '' : sayMegabytes(estimate),
    isMemoryEstimate: loaded === null && estimate !== null,
    lastUsed: status?.last_used ?? null,
    generations: status?.active_generations ?? 0,
    reason: '',
  };
  const { word, kind } = sayLoadState(status);
  const said = { ...common, mark: kind, state: word };
  switch (status?.status) {
    case undefined:
    case 'unloaded':
      return { ...said, actions: ['load'] };
    case 'loading':
      return { ...said, progress: status?.progress ?? 0, actions: ['cancel'] };
    case 'loaded':
      return { ...said, actions: ['unload'] };
    case 'unloading':
      return { ...said, actions: [] };
    case 'failed':
      return { ...said, reason: status?.error ?? 'It could not be loaded.', actions: ['load'] };
  }
}

/** What its file says; where the file is gone, or what belongs to it, its health says so. Null: it can be used. */
function unusableReason(checkpoint: Checkpoint | undefined, status: ModelStatus | undefined, report: HealthReport | undefined): string | null {
  if (checkpoint !== undefined && !checkpoint.loadable) return checkpoint.reason ?? 'This file cannot be loaded.';
  const isAtRest = status === undefined || status.status === 'unloaded';
  if (isAtRest && report?.status === 'unhealthy') return [report.detail, report.hint].filter(Boolean).join(' ');
  return checkpoint === undefined ? 'Its file is not in the checkpoints folder.' : null;
}
