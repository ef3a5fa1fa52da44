import type { StoreSchema } from '@tandem/api/store';
import type { RunItemState, RunState } from '@tandem/shared/contracts';
import { sql } from 'kysely';

/** Of this room. Times are milliseconds since 1970; what is JSON is text. */
export interface EvaluationTables {
  readonly prompt_sets: {
    readonly id: string;
    readonly name: string;
    readonly count: number;
    /** Which of the sets that come with Tandem it is a copy of, made for the runs over it. */
    readonly shipped: string | null;
    readonly created_at: number;
  };
  readonly set_prompts: { readonly set_id: string; readonly place: number; readonly prompt_id: string; readonly prompt: string };
  readonly evaluation_runs: {
    readonly id: string;
    readonly state: RunState;
    readonly set_id: string;
    /** `RunSpec`. */
    readonly spec: string;
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly created_at: number;
    readonly ended_at: number | null;
    /** `FrameError`. */
    readonly error: string | null;
    /** Which server works on it, and until when that is sure. */
    readonly owner: string | null;
    readonly owned_until: number;
  };
  readonly run_items: {
    readonly run_id: string;
    readonly place: number;
    readonly prompt_place: number;
    readonly repeat: number;
    readonly state: RunItemState;
    /** `RunAnswer[]`. */
    readonly answers: string | null;
    /** `ItemFigures`. */
    readonly figures: string | null;
    readonly divergence: number | null;
    readonly length_ratio: number | null;
    readonly latency: number | null;
    readonly is_flip: number;
    readonly is_disagreement: number;
  };
}

/** Rows of runs and sets that are older than the time that is kept go by `created_at`; what belongs to them goes with them. */
export const EVALUATIONS_SCHEMA: StoreSchema = {
  tables: [
    { name: 'prompt_sets', key: ['id'] },
    { name: 'set_prompts', key: ['set_id', 'place'] },
    { name: 'evaluation_runs', key: ['id'], ageFrom: 'created_at' },
    { name: 'run_items', key: ['run_id', 'place'] },
  ],
  migrations: {
    '2026-11-28-2-evaluations': async (db) => {
      const { schema } = db;
      await schema
        .createTable('prompt_sets')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('count', 'integer', (column) => column.notNull())
        .addColumn('shipped', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await schema
        .createTable('set_prompts')
        .addColumn('set_id', 'text', (column) => column.notNull().references('prompt_sets.id').onDelete('cascade'))
        .addColumn('place', 'integer', (column) => column.notNull())
        .addColumn('prompt_id', 'text', (column) => column.notNull())
        .addColumn('prompt', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('set_prompts_key', ['set_id', 'place'])
        .execute();
      await schema
        .createTable('evaluation_runs')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('state', 'text', (column) => column.notNull())
        // a set that a run is over stays
        .addColumn('set_id', 'text', (column) => column.notNull().references('prompt_sets.id'))
        .addColumn('spec', 'text', (column) => column.notNull())
        .addColumn('total', 'integer', (column) => column.notNull())
        .addColumn('done', 'integer', (column) => column.notNull())
        .addColumn('failed', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('error', 'text')
        .addColumn('owner', 'text')
        .addColumn('owned_until', 'bigint', (column) => column.notNull())
        .execute();
      await schema.createIndex('evaluation_runs_set').on('evaluation_runs').column('set_id').execute();
      await schema
        .createTable('run_items')
        .addColumn('run_id', 'text', (column) => column.notNull().references('evaluation_runs.id').onDelete('cascade'))
        .addColumn('place', 'integer', (column) => column.notNull())
        .addColumn('prompt_place', 'integer', (column) => column.notNull())
        .addColumn('repeat', 'integer', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('answers', 'text')
        .addColumn('figures', 'text')
        .addColumn('divergence', 'double precision')
        .addColumn('length_ratio', 'double precision')
        .addColumn('latency', 'double precision')
        .addColumn('is_flip', 'integer', (column) => column.notNull())
        .addColumn('is_disagreement', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('run_items_key', ['run_id', 'place'])
        .execute();
      for (const sorted of ['divergence', 'length_ratio', 'latency']) {
        await sql`create index ${sql.id(`run_items_${sorted}`)} on run_items (run_id, ${sql.id(sorted)}, place)`.execute(db);
      }
      await schema.createIndex('run_items_state').on('run_items').columns(['run_id', 'state', 'place']).execute();
    },
  },
};
