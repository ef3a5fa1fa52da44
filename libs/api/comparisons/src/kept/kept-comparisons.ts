import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { nothingKept } from '@tandem/api/faults';
import { idInCursor, Ids, isId, madeAtMs, pageOf, Store } from '@tandem/api/store';
import type { Comparison, ComparisonContent, ComparisonRow } from '@tandem/shared/contracts';
import type { Kysely } from 'kysely';
import { beginningOf } from './content-of';
import { comparisonOf, rowOf } from './read-rows';
import { searchText, withText } from './search-text';
import type { ComparisonTables } from './tables';

const PROMPT_CHARACTERS = 200;
const LISTED = ['id', 'created_at', 'updated_at', 'title', 'note', 'baseline', 'derivative', 'config_version', 'turn_count', 'prompt'] as const;

export interface ListQuery {
  readonly query?: string;
  readonly model?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** The comparisons in the store. Every method rejects with a `Fault`: `store_unavailable`, or `not_found` where there is none of that id. */
@Injectable()
export class KeptComparisons {
  private readonly ids = new Ids();

  private readonly base: string;

  constructor(
    private readonly store: Store,
    @Inject(ENVIRONMENT) { basePath }: Environment,
  ) {
    this.base = basePath;
  }

  async add(content: ComparisonContent): Promise<Comparison> {
    const id = this.ids.next();
    const { turns, parameters, ...rest } = content;
    const at = madeAtMs(id);
    const row = {
      ...rest,
      id,
      created_at: at,
      updated_at: at,
      turn_count: turns.length,
      prompt: beginningOf(turns[0]?.prompt ?? '', PROMPT_CHARACTERS),
      parameters_json: JSON.stringify(parameters),
      search: searchText(
        content.title,
        content.note,
        turns.map(({ prompt }) => prompt),
      ),
    };
    const kept = turns.map(({ prompt, baseline, derivative }, turn) => ({
      comparison_id: id,
      turn,
      prompt,
      baseline_json: JSON.stringify(baseline),
      derivative_json: JSON.stringify(derivative),
    }));
    await this.use((db) =>
      db.transaction().execute(async (only) => {
        await only.insertInto('comparisons').values(row).execute();
        await only.insertInto('comparison_turns').values(kept).execute();
      }),
    );
    return comparisonOf(this.base, row, kept);
  }

  async get(id: string): Promise<Comparison> {
    const found = await this.use(async (db) => {
      if (!isId(id)) return undefined;
      const row = await db.selectFrom('comparisons').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { row, turns: await db.selectFrom('comparison_turns').selectAll().where('comparison_id', '=', id).orderBy('turn').execute() };
    });
    if (found === undefined) throw nothingKept('comparison');
    return comparisonOf(this.base, found.row, found.turns);
  }

  async list({ query, model, cursor, limit }: ListQuery): Promise<{ readonly rows: readonly ComparisonRow[]; readonly next: string | null }> {
    const before = cursor === undefined ? undefined : idInCursor(cursor);
    const read = await this.use((db) => {
      const matching = (side?: 'baseline' | 'derivative') => {
        let ids = db
          .selectFrom('comparisons')
          .select('id')
          .orderBy('id', 'desc')
          .limit(limit + 1);
        if (side !== undefined) ids = ids.where(side, '=', model ?? '');
        if (before !== undefined) ids = ids.where('id', '<', before);
        if (query !== undefined && query !== '') ids = ids.where(withText(query));
        return ids;
      };
      // a page of each side, by its index: databases take either all rows of a model or all rows for an `or` of the two
      const sides = model === undefined ? [matching()] : [matching('baseline'), matching('derivative')];
      return db
        .selectFrom('comparisons')
        .select(LISTED)
        .where((is) => is.or(sides.map((ids) => is('id', 'in', db.selectFrom(ids.as('page')).select('page.id')))))
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
    });
    const { rows, next } = pageOf(read, limit);
    return { rows: rows.map((row) => rowOf(this.base, row)), next };
  }

  /** What is left out stays as it is, also where another changes it at once. */
  async change(id: string, { title, note }: { readonly title?: string; readonly note?: string }): Promise<Comparison> {
    const set = { ...(title === undefined ? {} : { title }), ...(note === undefined ? {} : { note }), updated_at: Date.now() };
    await this.use((db) =>
      db.transaction().execute(async (only) => {
        if (!isId(id)) throw nothingKept('comparison');
        // the row is this transaction's from here on, so that what is looked through is of the title and the note that are there
        const now = await only.updateTable('comparisons').set(set).where('id', '=', id).returning(['title', 'note']).executeTakeFirst();
        if (now === undefined) throw nothingKept('comparison');
        const turns = await only.selectFrom('comparison_turns').select('prompt').where('comparison_id', '=', id).orderBy('turn').execute();
        const search = searchText(
          now.title,
          now.note,
          turns.map(({ prompt }) => prompt),
        );
        await only.updateTable('comparisons').set({ search }).where('id', '=', id).execute();
      }),
    );
    return this.get(id);
  }

  async remove(id: string): Promise<void> {
    const isGone = await this.use(async (db) => {
      if (!isId(id)) return false;
      const { numDeletedRows } = await db.deleteFrom('comparisons').where('id', '=', id).executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    });
    if (!isGone) throw nothingKept('comparison');
  }

  private use<Result>(work: (db: Kysely<ComparisonTables>) => Promise<Result>): Promise<Result> {
    return this.store.use(work);
  }
}
