import type { Comparison, ComparisonParameters, ComparisonRow, KeptAnswer } from '@tandem/shared/contracts';
import type { ComparisonTables } from './tables';

type Row = ComparisonTables['comparisons'];
type TurnRow = ComparisonTables['comparison_turns'];

/** @param base under which path the server is reached; empty for the root */
export function comparisonOf(base: string, row: Row, turns: readonly TurnRow[]): Comparison {
  return {
    id: row.id,
    url: urlOf(base, row.id),
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    title: row.title,
    note: row.note,
    baseline: row.baseline,
    derivative: row.derivative,
    system: row.system,
    parameters: JSON.parse(row.parameters_json) as ComparisonParameters,
    config_version: row.config_version,
    turns: turns.map(({ prompt, baseline_json, derivative_json }) => ({
      prompt,
      baseline: JSON.parse(baseline_json) as KeptAnswer,
      derivative: JSON.parse(derivative_json) as KeptAnswer,
    })),
  };
}

export function rowOf(base: string, { id, created_at, updated_at, ...rest }: Omit<Row, 'system' | 'parameters_json' | 'search'>): ComparisonRow {
  return { id, url: urlOf(base, id), created_at: new Date(created_at).toISOString(), updated_at: new Date(updated_at).toISOString(), ...rest };
}

/** Where the page shows it. */
function urlOf(base: string, id: string): string {
  return `${base}/comparisons/${id}`;
}
