import { stringify } from 'csv-stringify/sync';
import type { RunItem } from '@tandem/shared/contracts';
import { answersOf, askedOf } from './answers-of';

const COLUMNS = ['id', 'repeat', 'state', 'prompt', 'reference', 'divergence', 'length_ratio', 'latency_ms'];
const OF_SIDE = ['model', 'text', 'finish_reason', 'passed', 'total_ms', 'error'];

export function csvHead(sides: number): string {
  return line([...COLUMNS, ...Array.from({ length: sides }, (_, at) => OF_SIDE.map((name) => `${name}_${at + 1}`)).flat()]);
}

/** One item; the sides stand beside each other, in the order of the models. */
export function csvRow(item: RunItem, models: readonly string[]): string {
  const answers = answersOf(item);
  const sides = models.flatMap((model, at) => {
    const answer = answers[at];
    return [model, answer?.text, answer?.finish_reason, answer?.check?.passed, answer?.timings?.total_ms, answer?.error?.message];
  });
  return line([item.id, item.repeat, item.state, askedOf(item), item.reference, item.divergence, item.length_ratio, item.latency, ...sides]);
}

function line(cells: readonly unknown[]): string {
  // a spreadsheet would compute what begins with = + − @
  return stringify([cells.map((cell) => (typeof cell === 'boolean' ? String(cell) : (cell ?? '')))], { escape_formulas: true });
}
