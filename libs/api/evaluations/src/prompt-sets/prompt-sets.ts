import { Injectable } from '@nestjs/common';
import { Fault } from '@tandem/api/faults';
import { cursorAfter, idInCursor, Ids, isId, pageOf, Store } from '@tandem/api/store';
import type { PromptSetCard, SetPrompt } from '@tandem/shared/contracts';
import type { Kysely, Selectable } from 'kysely';
import type { EvaluationTables } from '../evaluations-schema';
import type { PromptSetFile } from './read-prompt-set';
import { type ShippedSet, ShippedSets } from './shipped-sets';

/** Rows of one insertion: SQLite takes 32,766 values in a statement. */
const ROWS = 500;

export interface PageOfSets {
  readonly rows: readonly PromptSetCard[];
  readonly next: string | null;
}

/** The prompt sets there are: those that were sent, which the store keeps, and those that come with Tandem. */
@Injectable()
export class PromptSets {
  private readonly ids = new Ids();

  constructor(
    private readonly store: Store,
    private readonly shipped: ShippedSets,
  ) {}

  async add(name: string, { prompts }: PromptSetFile): Promise<PromptSetCard> {
    const row = { id: this.ids.next(), name, count: prompts.length, shipped: null, created_at: Date.now() };
    await this.keep(row, prompts);
    return cardOf(row);
  }

  /** Newest first; those that come with Tandem stand behind all others. */
  async list(cursor: string | undefined, limit: number): Promise<PageOfSets> {
    const shipped = (await this.shipped.all()).map(({ card }) => card);
    const passed = shipped.findIndex(({ id }) => cursorAfter(id) === cursor);
    const before = cursor === undefined || passed !== -1 ? undefined : idInCursor(cursor);
    const own = await this.use(async (db) => {
      if (passed !== -1) return [];
      const rows = db
        .selectFrom('prompt_sets')
        .selectAll()
        .where('shipped', 'is', null)
        .orderBy('id', 'desc')
        .limit(limit + 1);
      return (before === undefined ? rows : rows.where('id', '<', before)).execute();
    });
    return pageOf([...own.map(cardOf), ...shipped.slice(passed + 1)], limit);
  }

  /** @throws Fault `not_found` */
  async get(id: string): Promise<{ readonly card: PromptSetCard; readonly prompts: readonly SetPrompt[] }> {
    const shipped = await this.shipped.find(id);
    // all of them answer alike where nothing can be kept
    const row = await this.sent(id);
    if (shipped !== undefined) return shipped;
    if (row === undefined) throw unknownSet(id);
    const prompts = await this.use((db) => db.selectFrom('set_prompts').select('prompt').where('set_id', '=', id).orderBy('place').execute());
    return { card: cardOf(row), prompts: prompts.map(({ prompt }) => JSON.parse(prompt) as SetPrompt) };
  }

  /** @throws Fault `not_found`, or `conflict` while a run is over it and for what comes with Tandem */
  async remove(id: string): Promise<void> {
    const shipped = await this.shipped.find(id);
    await this.use((db) =>
      db.transaction().execute(async (rows) => {
        if (shipped === undefined && !isId(id)) throw unknownSet(id);
        if (shipped !== undefined) throw new Fault('conflict', `${id}: this set comes with Tandem and stays.`);
        const run = await rows.selectFrom('evaluation_runs').select('id').where('set_id', '=', id).limit(1).executeTakeFirst();
        if (run !== undefined) throw new Fault('conflict', `The run ${run.id} is over this prompt set. Delete its runs first.`);
        const { numDeletedRows } = await rows.deleteFrom('prompt_sets').where('id', '=', id).where('shipped', 'is', null).executeTakeFirst();
        if (numDeletedRows === 0n) throw unknownSet(id);
      }),
    );
  }

  /** The set as the store has it, for a run. @throws Fault `not_found`, naming the field */
  async forRun(id: string): Promise<{ readonly id: string; readonly count: number }> {
    const shipped = await this.shipped.find(id);
    if (shipped !== undefined) return this.copyOf(shipped);
    const row = await this.sent(id);
    if (row === undefined) throw unknownSet(id, 'prompt_set');
    return row;
  }

  /** One that was sent. That none has that id is only said where sets can be read. */
  private sent(id: string): Promise<Selectable<EvaluationTables['prompt_sets']> | undefined> {
    return this.use(async (db) => (isId(id) ? db.selectFrom('prompt_sets').selectAll().where('id', '=', id).executeTakeFirst() : undefined));
  }

  private async copyOf({ card, prompts, version }: ShippedSet): Promise<{ readonly id: string; readonly count: number }> {
    const id = `${card.id}-${version}`;
    const row = { id, name: card.name, count: prompts.length, shipped: card.id, created_at: Date.now() };
    const known = await this.use((db) => db.selectFrom('prompt_sets').select('id').where('id', '=', id).executeTakeFirst());
    if (known === undefined) await this.keep(row, prompts);
    return row;
  }

  /** All of it or nothing; where it is there already, it stays as it is. */
  private keep(row: Selectable<EvaluationTables['prompt_sets']>, prompts: readonly SetPrompt[]): Promise<void> {
    return this.use((db) =>
      db.transaction().execute(async (rows) => {
        const added = await rows
          .insertInto('prompt_sets')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows === 0n) return;
        for (let from = 0; from < prompts.length; from += ROWS) {
          const values = prompts
            .slice(from, from + ROWS)
            .map((prompt, at) => ({ set_id: row.id, place: from + at, prompt_id: prompt.id, prompt: JSON.stringify(prompt) }));
          await rows.insertInto('set_prompts').values(values).execute();
        }
      }),
    );
  }

  private use<Result>(work: (db: Kysely<EvaluationTables>) => Promise<Result>): Promise<Result> {
    return this.store.use<EvaluationTables, Result>(work);
  }
}

function cardOf({ id, name, count, created_at }: Selectable<EvaluationTables['prompt_sets']>): PromptSetCard {
  return { id, name, count, created_at: new Date(created_at).toISOString(), is_shipped: false };
}

function unknownSet(id: string, param?: string): Fault {
  const sentence = `No prompt set has the id ${JSON.stringify(id.slice(0, 100))}. GET /api/prompt-sets lists them.`;
  return new Fault('not_found', param === undefined ? sentence : `${param}: ${sentence}`, { ...(param === undefined ? {} : { param }) });
}
