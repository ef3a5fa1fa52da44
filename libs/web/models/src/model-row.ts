import type { Checkpoint, HealthReport, ModelCard, ModelRole, ModelStatus } from '@tandem/shared/contracts';
import {
  CANNOT_BE_CONVERTED,
  type Coming,
  comingOf,
  contextLengthOf,
  describeModel,
  type HealthNote,
  type GroupedCard,
  groupByPair,
  isUnconvertible,
  type Models,
  notesOf,
  reasonOf,
  sayAssumptions,
  sayConversion,
  sayHealth,
  sayLoadState,
  sayMegabytes,
  sayServed,
  statusOf,
} from '@tandem/web/model-status';
import type { MarkKind } from '@tandem/web/design';
import { type CompareLink, compareLinkOf } from './compare-link';

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
  /** What its server says it serves; empty where it does not say. */
  readonly identity: string;
  /** Where its entry comes from. */
  readonly source: string;
  readonly mark: MarkKind;
  readonly state: string;
  /** Why it cannot be used, and what to do; empty when it can. */
  readonly reason: string;
  /** What else there is to know of a model server. */
  readonly notes: readonly HealthNote[];
  /** How it comes into a form that can be loaded; empty for a GGUF, and for what cannot be used. */
  readonly conversion: string;
  /** What is believed about it that stands nowhere; empty where nothing is. */
  readonly assumptions: string;
  /** While it is being converted or loaded. */
  readonly coming: Coming | undefined;
  readonly memory: string;
  readonly isMemoryEstimate: boolean;
  /** ISO 8601, or null. */
  readonly lastUsed: string | null;
  /** How many answers it is giving. */
  readonly generations: number;
  readonly isUsable: boolean;
  readonly actions: readonly ModelAction[];
}

/** A row in its place in the table. */
export interface PlacedRow extends ModelRow {
  readonly role: ModelRole;
  /** How many steps it is derived from what heads its group. */
  readonly depth: number;
  readonly compare: CompareLink;
}

export interface ModelRowGroup {
  readonly name: string;
  readonly rows: readonly PlacedRow[];
}

/** The rows that hold every word of `query`, group by group. */
export function groupRows(known: Models, query: string, nowMs: number): readonly ModelRowGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = ({ title, id, kind, endpoint, identity, state }: PlacedRow, group: string): boolean => {
    const text = `${title} ${id} ${group} ${kind} ${endpoint} ${identity} ${state}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return groupByPair(known.cards)
    .map(({ name, members }) => ({ name, rows: members.map((member) => placeRow(member, known, nowMs)).filter((row) => isWanted(row, name)) }))
    .filter(({ rows }) => rows.length > 0);
}

function placeRow(member: GroupedCard, known: Models, nowMs: number): PlacedRow {
  const { card, depth } = member;
  return { ...toRow(card, known, nowMs), role: card.role, depth, compare: compareLinkOf(member) };
}

export function toRow(card: ModelCard, known: Omit<Models, 'cards'>, nowMs: number): ModelRow {
  const { reports, checkpointOf } = known;
  const checkpoint = checkpointOf(card);
  const report = reports.get(card.id);
  const context = contextLengthOf(card, checkpoint, report);
  const isLocal = card.place === 'local';
  const shared = {
    id: card.id,
    title: card.title,
    kind: isLocal ? describeModel(card, checkpoint) : [card.provider, card.type].filter(Boolean).join(' · '),
    context: context === null ? '' : `${context.toLocaleString('en')} context`,
    endpoint: card.endpoint,
    identity: sayServed(card, report?.identity),
    source: card.source,
  };
  if (!isLocal) return { ...shared, ...remoteState(card, report, nowMs) };
  return { ...shared, ...localState(checkpoint, statusOf(card, known), report) };
}

type RowState = Omit<ModelRow, 'id' | 'title' | 'kind' | 'context' | 'endpoint' | 'identity' | 'source'>;

const NOTHING = {
  reason: '',
  notes: [],
  conversion: '',
  assumptions: '',
  coming: undefined,
  memory: '',
  isMemoryEstimate: false,
  lastUsed: null,
  generations: 0,
  isUsable: true,
} as const;

function remoteState(card: ModelCard, report: HealthReport | undefined, nowMs: number): RowState {
  const { word, kind } = sayHealth(report);
  const isUnknown = report?.status === 'unknown' && report.checked_at !== null;
  return { ...NOTHING, mark: kind, state: word, reason: isUnknown ? reasonOf(report) : '', notes: notesOf(card, report, nowMs), actions: ['check'] };
}

function localState(checkpoint: Checkpoint | undefined, status: ModelStatus | undefined, report: HealthReport | undefined): RowState {
  const unusable = unusableReason(checkpoint, status, report);
  if (unusable !== null)
    return {
      ...NOTHING,
      isUsable: false,
      mark: 'bad',
      state: isUnconvertible(checkpoint, status) ? CANNOT_BE_CONVERTED : 'cannot be used',
      reason: unusable,
      actions: [],
    };
  const loaded = status?.memory_mb ?? null;
  const estimate = checkpoint?.memory_estimate_mb ?? null;
  const common = {
    ...NOTHING,
    memory: loaded !== null ? sayMegabytes(loaded) : estimate === null ? '' : sayMegabytes(estimate),
    isMemoryEstimate: loaded === null && estimate !== null,
    lastUsed: status?.last_used ?? null,
    generations: status?.active_generations ?? 0,
    conversion: sayConversion(checkpoint, status),
    assumptions: sayAssumptions(checkpoint),
  };
  const { word, kind } = sayLoadState(status);
  const said = { ...common, mark: kind, state: word };
  switch (status?.status) {
    case undefined:
    case 'unloaded':
      return { ...said, actions: ['load'] };
    case 'converting':
    case 'loading':
      return { ...said, coming: comingOf(status), actions: ['cancel'] };
    case 'loaded':
      return { ...said, actions: ['unload'] };
    case 'unloading':
      return { ...said, actions: [] };
    case 'failed':
      return {
        ...said,
        ...(isUnconvertible(checkpoint, status) ? { state: CANNOT_BE_CONVERTED } : {}),
        reason: status?.error ?? 'It could not be loaded.',
        actions: ['load'],
      };
  }
}

/** What its file says; where the file is gone, or what belongs to it, its health says so. Null: it can be used. */
function unusableReason(checkpoint: Checkpoint | undefined, status: ModelStatus | undefined, report: HealthReport | undefined): string | null {
  if (checkpoint !== undefined && !checkpoint.loadable) return checkpoint.reason ?? 'This file cannot be loaded.';
  const isAtRest = status === undefined || status.status === 'unloaded';
  if (isAtRest && report?.status === 'unhealthy') return reasonOf(report);
  return checkpoint === undefined ? 'Its file is not in the checkpoints folder.' : null;
}
