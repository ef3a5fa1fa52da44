import type { StoreSchema } from '@tandem/api/store';

/** What comparisons, votes and blind ones are kept in. */
export const COMPARISON_SCHEMA: StoreSchema = {
  tables: [
    { name: 'comparisons', key: ['id'], ageFrom: 'created_at' },
    { name: 'comparison_turns', key: ['comparison_id', 'turn'] },
    { name: 'votes', key: ['id'], ageFrom: 'created_at' },
    { name: 'blinds', key: ['id'], ageFrom: 'created_at', secret: { columns: ['left_side', 'outcome_json'], until: 'choice' } },
  ],
  migrations: {
    '2026-11-28-1-comparisons': async ({ schema }) => {
      await schema
        .createTable('comparisons')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('note', 'text', (column) => column.notNull())
        .addColumn('baseline', 'text', (column) => column.notNull())
        .addColumn('derivative', 'text', (column) => column.notNull())
        .addColumn('config_version', 'text')
        .addColumn('turn_count', 'integer', (column) => column.notNull())
        .addColumn('prompt', 'text', (column) => column.notNull())
        .addColumn('system', 'text')
        .addColumn('parameters_json', 'text', (column) => column.notNull())
        .addColumn('search', 'text', (column) => column.notNull())
        .execute();
      await schema.createIndex('comparisons_baseline').on('comparisons').columns(['baseline', 'id']).execute();
      await schema.createIndex('comparisons_derivative').on('comparisons').columns(['derivative', 'id']).execute();
      await schema
        .createTable('comparison_turns')
        .addColumn('comparison_id', 'text', (column) => column.notNull().references('comparisons.id').onDelete('cascade'))
        .addColumn('turn', 'integer', (column) => column.notNull())
        .addColumn('prompt', 'text', (column) => column.notNull())
        .addColumn('baseline_json', 'text', (column) => column.notNull())
        .addColumn('derivative_json', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('comparison_turns_key', ['comparison_id', 'turn'])
        .execute();
      await schema
        .createTable('votes')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addColumn('comparison_id', 'text', (column) => column.references('comparisons.id').onDelete('cascade'))
        .addColumn('turn', 'integer')
        .addColumn('voter', 'text', (column) => column.notNull())
        .addColumn('choice', 'text', (column) => column.notNull())
        .addColumn('blind', 'integer', (column) => column.notNull())
        .addColumn('baseline', 'text', (column) => column.notNull())
        .addColumn('derivative', 'text', (column) => column.notNull())
        .execute();
      await schema.createIndex('votes_once').unique().on('votes').columns(['comparison_id', 'turn', 'voter']).execute();
      await schema.createIndex('votes_pair').on('votes').columns(['baseline', 'derivative', 'choice', 'blind']).execute();
      await schema
        .createTable('blinds')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('voter', 'text', (column) => column.notNull())
        .addColumn('baseline', 'text', (column) => column.notNull())
        .addColumn('derivative', 'text', (column) => column.notNull())
        .addColumn('left_side', 'text', (column) => column.notNull())
        .addColumn('choice', 'text')
        .addColumn('outcome_json', 'text')
        .execute();
    },
  },
};
