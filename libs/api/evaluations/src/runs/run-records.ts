import { Injectable } from '@nestjs/common';
import { Fault } from '@tandem/api/faults';
import { idInCursor, Ids, isId, pageOf, Store } from '@tandem/api/store';
import type { FrameError, RunCard, RunState, SetPrompt } from '@tandem/shared/contracts';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { EvaluationTables } from '../evaluations-schema';
import { sortedBy } from './item-figures';
import type { ItemResult, QueuedItem, RunSpec } from './run-spec';

type RunRow = Selectable<EvaluationTables['evaluation_runs']>;

export const OVER: readonly RunState[] = ['done', 'failed', 'cancelled'];

export interface KeptRun {
  readonly card: RunCard;
  readonly spec: RunSpec;
}

/** The runs as the store has them. */
@Injectable()
export class RunRecords {
  private readonly ids = new Ids();

  constructor(private readonly store: Store) {}

  /** With all of its items, or not at all. @param setId the set's own id in the store */
  async add(spec: RunSpec, setId: string): Promise<RunCard> {
    const row: RunRow = {
      id: this.ids.next(),
      state: 'queued',
      set_id: setId,
      spec: JSON.stringify(spec),
      total: spec.set.count * spec.repeats,
      done: 0,
      failed: 0,
      created_at: Date.now(),
      ended_at: null,
      error: null,
      owner: null,
      owned_until: 0,
    };
    await this.use((db) =>
      db.transaction().execute(async (rows) => {
        await rows.insertInto('evaluation_runs').values(row).execute();
        for (let repeat = 1; repeat <= spec.repeats; repeat++) {
          const prompts = rows
            .selectFrom('set_prompts')
            .where('set_id', '=', setId)
            .select(({ ref }) => [
              sql<string>`cast(${row.id} as text)`.as('run_id'),
              sql<number>`${ref('place')} + cast(${(repeat - 1) * spec.set.count} as integer)`.as('place'),
              'place as prompt_place',
              sql<number>`cast(${repeat} as integer)`.as('repeat'),
              sql<'queued'>`'queued'`.as('state'),
              sql<number>`0`.as('is_flip'),
              sql<number>`0`.as('is_disagreement'),
            ]);
          await rows
            .insertInto('run_items')
            .columns(['run_id', 'place', 'prompt_place', 'repeat', 'state', 'is_flip', 'is_disagreement'])
            .expression(prompts)
            .execute();
        }
      }),
    );
    return cardOf(row);
  }

  /** @throws Fault `not_found` */
  async get(id: string): Promise<KeptRun> {
    const row = isId(id) ? await this.use((db) => db.selectFrom('evaluation_runs').selectAll().where('id', '=', id).executeTakeFirst()) : await this.none();
    if (row === undefined) throw unknownRun(id);
    return { card: cardOf(row), spec: JSON.parse(row.spec) as RunSpec };
  }

  async list(cursor: string | undefined, limit: number): Promise<{ readonly rows: readonly RunCard[]; readonly next: string | null }> {
    const before = cursor === undefined ? undefined : idInCursor(cursor);
    const read = await this.use((db) => {
      const rows = db
        .selectFrom('evaluation_runs')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      return (before === undefined ? rows : rows.where('id', '<', before)).execute();
    });
    const { rows, next } = pageOf(read, limit);
    return { rows: rows.map(cardOf), next };
  }

  /** Whether it was in one of these states, and is in the new one now. */
  async change(id: string, from: readonly RunState[], to: RunState, error: FrameError | null = null): Promise<boolean> {
    const ended_at = OVER.includes(to) ? Date.now() : null;
    const { numUpdatedRows } = await this.use((db) =>
      db
        .updateTable('evaluation_runs')
        .set({ state: to, ended_at, error: error === null ? null : JSON.stringify(error) })
        .where('id', '=', id)
        .where('state', 'in', [...from])
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }

  /** @throws Fault `not_found`, or `conflict` while it runs */
  async remove(id: string): Promise<void> {
    const { card } = await this.get(id);
    const { numDeletedRows } = await this.use((db) =>
      db.deleteFrom('evaluation_runs').where('id', '=', id).where('state', 'not in', ['queued', 'running']).executeTakeFirst(),
    );
    if (numDeletedRows === 0n) throw new Fault('conflict', `The run ${card.id} is at work. Cancel it first, or pause it.`);
  }

  /** Runs that are to be worked on, oldest first. */
  async unfinished(): Promise<readonly string[]> {
    const rows = await this.use((db) => db.selectFrom('evaluation_runs').select('id').where('state', 'in', ['queued', 'running']).orderBy('id').execute());
    return rows.map(({ id }) => id);
  }

  /** Whether this server may work on it until then: servers that share a database have each run at one of them. */
  async claim(id: string, owner: string, untilMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.use((db) =>
      db
        .updateTable('evaluation_runs')
        .set({ owner, owned_until: untilMs })
        .where('id', '=', id)
        .where('state', 'in', ['queued', 'running'])
        .where((row) => row.or([row('owner', 'is', null), row('owner', '=', owner), row('owned_until', '<', Date.now())]))
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }

  async letGo(id: string, owner: string): Promise<void> {
    await this.use((db) => db.updateTable('evaluation_runs').set({ owner: null, owned_until: 0 }).where('id', '=', id).where('owner', '=', owner).execute());
  }

  /** Nobody works on any. */
  async freeAll(): Promise<void> {
    await this.use((db) => db.updateTable('evaluation_runs').set({ owner: null, owned_until: 0 }).where('owner', 'is not', null).execute());
  }

  /** What is still to be asked, in the order of the items, behind that place. */
  async queuedItems(id: string, after: number, count: number): Promise<readonly QueuedItem[]> {
    const rows = await this.use((db) =>
      db
        .selectFrom('run_items as item')
        .innerJoin('evaluation_runs as run', 'run.id', 'item.run_id')
        .innerJoin('set_prompts as prompt', (join) => join.onRef('prompt.set_id', '=', 'run.set_id').onRef('prompt.place', '=', 'item.prompt_place'))
        .select(['item.place', 'item.repeat', 'prompt.prompt'])
        .where('item.run_id', '=', id)
        .where('item.state', '=', 'queued')
        .where('item.place', '>', after)
        .orderBy('item.place')
        .limit(count)
        .execute(),
    );
    return rows.map(({ place, repeat, prompt }) => ({ place, repeat, prompt: JSON.parse(prompt) as SetPrompt }));
  }

  /** Keeps what came of an item and counts it, both or neither; what is there already stays. */
  async finish(id: string, place: number, { answers, figures }: ItemResult): Promise<void> {
    const hasFailed = answers.some(({ error }) => error !== null);
    const state = hasFailed ? 'failed' : 'done';
    const values = { state, answers: JSON.stringify(answers), figures: JSON.stringify(figures), ...sortedBy(figures) } as const;
    await this.use((db) =>
      db.transaction().execute(async (rows) => {
        const item = rows.updateTable('run_items').set(values).where('run_id', '=', id).where('place', '=', place).where('state', '=', 'queued');
        const { numUpdatedRows } = await item.executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        await rows
          .updateTable('evaluation_runs')
          .set((row) => ({ [state]: row(state, '+', 1) }))
          .where('id', '=', id)
          .execute();
      }),
    );
  }

  /** That no run has that id is only said where runs can be read. */
  private none(): Promise<undefined> {
    return this.use(() => Promise.resolve(undefined));
  }

  private use<Result>(work: (db: Kysely<EvaluationTables>) => Promise<Result>): Promise<Result> {
    return this.store.use<EvaluationTables, Result>(work);
  }
}

function cardOf({ id, state, spec, total, done, failed, created_at, ended_at, error }: RunRow): RunCard {
  const { isPair, models, set, parameters, repeats, score } = JSON.parse(spec) as RunSpec;
  const [baseline = '', derivative = ''] = models;
  return {
    id,
    state,
    ...(isPair ? { baseline, derivative } : { variants: models }),
    prompt_set: set,
    parameters,
    repeats,
    score,
    counts: { total, queued: total - done - failed, done, failed },
    created_at: new Date(created_at).toISOString(),
    ended_at: ended_at === null ? null : new Date(ended_at).toISOString(),
    error: error === null ? null : (JSON.parse(error) as FrameError),
  };
}

function unknownRun(id: string): Fault {
  return new Fault('not_found', `No run has the id ${JSON.stringify(id.slice(0, 100))}. GET /api/runs lists them.`);
}
