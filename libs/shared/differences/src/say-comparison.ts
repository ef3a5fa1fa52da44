import { type Findings } from './compare';
import { type Whose } from './stretches';

/** What stands over a marked answer: how much of it the other one does not have, and why it is not told by what was asked for. */
export interface Caption {
  readonly count: string;
  readonly notes: readonly string[];
}

export function sayComparison({ by, because, isSame, ...marked }: Findings, whose: Whose): Caption {
  if (isSame === 'text') return { count: 'The two texts are the same.', notes: [] };
  if (isSame === 'words') return { count: 'Only white space differs.', notes: [] };
  const { own, signs } = marked[whose];
  const amount = own > 0 ? sayAmount(own, by) : signs > 0 ? sayAmount(signs, 'signs') : 'nothing';
  return { count: `${amount} ${whose === 'baseline' ? 'removed' : 'added'}`, notes: NOTES[because] };
}

/** `units` is their plural. */
function sayAmount(count: number, units: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? units.slice(0, -1) : units}`;
}

const NOTES: Readonly<Record<Findings['because'], readonly string[]>> = {
  asked: [],
  mostly: ['More than half of the words differ: whole sentences are marked.'],
  long: ['Too many words differ to tell which: whole sentences are marked.'],
  unlike: ['Too many sentences differ to tell which: all between the first and the last of them is marked.'],
};
