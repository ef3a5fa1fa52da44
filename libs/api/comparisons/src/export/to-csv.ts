import { stringify } from 'csv-stringify/sync';
import { type Comparison, type KeptAnswer, PAIR_SIDES } from '@tandem/shared/contracts';

const OF_A_SIDE = [
  'model',
  'text',
  'thoughts',
  'finish_reason',
  'error',
  'prompt_tokens',
  'completion_tokens',
  'ttft_ms',
  'total_ms',
  'tokens_per_second',
  'seed',
] as const;

/** A row for each turn. What a spreadsheet would run as a formula begins with an apostrophe. */
export function toCsv({ turns, system }: Comparison): string {
  const columns = ['turn', 'system', 'prompt', ...PAIR_SIDES.flatMap((side) => OF_A_SIDE.map((name) => `${side}_${name}`))];
  const rows = turns.map((turn, number) => [number, system, turn.prompt, ...PAIR_SIDES.flatMap((side) => cellsOf(turn[side]))]);
  return stringify([columns, ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}

function cellsOf({ model, text, thoughts, finish_reason, error, usage, timings, seed }: KeptAnswer): (string | number | null)[] {
  return [
    model,
    text,
    thoughts,
    finish_reason,
    error && `${error.code}: ${error.message}`,
    usage?.prompt_tokens ?? null,
    usage?.completion_tokens ?? null,
    timings?.ttft_ms ?? null,
    timings?.total_ms ?? null,
    timings?.tokens_per_second ?? null,
    seed,
  ];
}
