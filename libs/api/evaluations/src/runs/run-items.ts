import { Injectable } from '@nestjs/common';
import { Fault } from '@tandem/api/faults';
import { Store } from '@tandem/api/store';
import type { RunAnswer, RunFilter, RunItem, RunItemState, RunSort, RunVerdict, SetPrompt } from '@tandem/shared/contracts';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { EvaluationTables } from '../evaluations-schema';
import type { ItemFigures } from './item-figures';
import type { RunSpec } from './run-spec';
import type { FiguresByPrompt } from './summary';

export interface ItemQuery {
  readonly sort: RunSort;
  readonly filter?: RunFilter | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

interface ItemRow {
  readonly place: number;
  readonly repeat: number;
  readonly state: RunItemState;
  readonly answers: string | null;
  readonly figures: string | null;
  readonly divergence: number | null;
  readonly length_ratio: number | null;
  readonly latency: number | null;
  readonly prompt: string;
}

interface Cursor {
  readonly sort: RunSort;
  readonly value: number | null;
  readonly place: number;
}

const SORTED = { divergence: 'item.divergence', length_ratio: 'item.length_ratio', latency: 'item.latency' } as const;
/** More than any run has; PostgreSQL has no larger integers in that column. */
const PLACES = 2 ** 31;
/** Read together for a summary: figures are small. */
const FIGURES = 2_000;

/** The items of runs, as they are asked for: in pages, sorted, filtered. */
@Injectable()
export class RunItems {
  constructor(private readonly store: Store) {}

  /** By `id` in the order of the set; else the greatest first, and what has no value last. @throws Fault for a cursor of another list */
  async page(
    id: string,
    spec: RunSpec,
    { sort, filter, cursor, limit }: ItemQuery,
  ): Promise<{ readonly rows: readonly RunItem[]; readonly next: string | null }> {
    const after = cursor === undefined ? undefined : readCursor(cursor, sort);
    const read = await this.store.use<EvaluationTables, readonly ItemRow[]>((db) => {
      let rows = db
        .selectFrom('run_items as item')
        .innerJoin('evaluation_runs as run', 'run.id', 'item.run_id')
        .innerJoin('set_prompts as prompt', (join) => join.onRef('prompt.set_id', '=', 'run.set_id').onRef('prompt.place', '=', 'item.prompt_place'))
        .select([
          'item.place',
          'item.repeat',
          'item.state',
          'item.answers',
          'item.figures',
          'item.divergence',
          'item.length_ratio',
          'item.latency',
          'prompt.prompt',
        ])
        .where('item.run_id', '=', id)
        .limit(limit + 1);
      if (filter === 'flips') rows = rows.where('item.is_flip', '=', 1);
      else if (filter === 'disagree') rows = rows.where('item.is_disagreement', '=', 1);
      else if (filter !== undefined) rows = rows.where('item.state', '=', filter === 'failed' ? 'failed' : (filter.slice('state:'.length) as RunItemState));
      return behind(rows, sort, after).execute();
    });
    const rows = read.slice(0, limit);
    const last = rows.at(-1);
    const next = read.length > limit && last !== undefined ? writeCursor({ sort, value: sort === 'id' ? null : last[sort], place: last.place }) : null;
    return { rows: rows.map((row) => itemOf(row, spec)), next };
  }

  /** Of all items that were asked. */
  async figures(id: string): Promise<FiguresByPrompt> {
    const byPrompt = new Map<number, ItemFigures[]>();
    for (let after = -1; ;) {
      const read = await this.store.use<EvaluationTables, readonly { place: number; prompt_place: number; figures: string | null }[]>((db) =>
        db
          .selectFrom('run_items')
          .select(['place', 'prompt_place', 'figures'])
          .where('run_id', '=', id)
          .where('place', '>', after)
          .orderBy('place')
          .limit(FIGURES)
          .execute(),
      );
      for (const { prompt_place, figures } of read) {
        if (figures === null) continue;
        const known = byPrompt.get(prompt_place) ?? [];
        known.push(JSON.parse(figures) as ItemFigures);
        byPrompt.set(prompt_place, known);
      }
      const last = read.at(-1);
      if (last === undefined || read.length < FIGURES) return byPrompt;
      after = last.place;
    }
  }
}

type Rows = SelectQueryBuilder<{ item: EvaluationTables['run_items'] } & Record<'run' | 'prompt', object>, 'item', object>;

function behind<Query>(query: Query, sort: RunSort, after: Cursor | undefined): Query {
  const rows = query as unknown as Rows;
  return order(rows, sort, after) as unknown as Query;
}

function order(rows: Rows, sort: RunSort, after: Cursor | undefined): Rows {
  if (sort === 'id') return (after === undefined ? rows : rows.where('item.place', '>', after.place)).orderBy('item.place');
  const column = SORTED[sort];
  const sorted = rows
    .orderBy(sql`${sql.ref(column)} is null`)
    .orderBy(column, 'desc')
    .orderBy('item.place');
  if (after === undefined) return sorted;
  const { value, place } = after;
  if (value === null) return sorted.where(column, 'is', null).where('item.place', '>', place);
  return sorted.where((row) => row.or([row(column, 'is', null), row(column, '<', value), row.and([row(column, '=', value), row('item.place', '>', place)])]));
}

function itemOf({ repeat, state, answers, figures, divergence, length_ratio, latency, prompt }: ItemRow, { models, isPair }: RunSpec): RunItem {
  const { id, check: _, ...said } = JSON.parse(prompt) as SetPrompt;
  const list = answers === null ? [] : (JSON.parse(answers) as RunAnswer[]);
  const [baseline, derivative] = list;
  const pairs = figures === null ? [] : (JSON.parse(figures) as ItemFigures).pairs;
  const verdicts = pairs.flatMap((pair, at): RunVerdict[] => (pair?.winner ? [{ model: models[at + 1] ?? '', winner: pair.winner }] : []));
  return {
    id: `${id}:${repeat}`,
    ...said,
    repeat,
    state,
    answers: !isPair ? list : baseline === undefined || derivative === undefined ? {} : { baseline, derivative },
    divergence,
    length_ratio,
    latency,
    verdicts,
  };
}

function writeCursor({ sort, value, place }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, value, place])).toString('base64url');
}

function readCursor(cursor: string, sort: RunSort): Cursor {
  try {
    const [of, value, place, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isValue = value === null || (typeof value === 'number' && Number.isFinite(value));
    if (of === sort && isValue && isPlace(place) && rest.length === 0) return { sort, value: value as number | null, place };
  } catch {
    // said below
  }
  throw new Fault('invalid_request', 'cursor: must be the next_cursor of an earlier answer with the same sort.', { param: 'cursor' });
}

function isPlace(place: unknown): place is number {
  return Number.isInteger(place) && (place as number) >= 0 && (place as number) < PLACES;
}
