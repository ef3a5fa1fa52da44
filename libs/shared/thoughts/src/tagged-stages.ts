import type { TaggedFormat } from './formats';
import type { Stage } from './stage';

/** A mark in the middle of an answer is text: it may speak of one. */
export const PLAIN_ANSWER: Stage = { kind: 'text', role: 'answer', marks: new Map() };

/** The stages of thoughts between two marks, by the mark that begins them. A second thought may follow the first at once. */
export function taggedStages({ begin, end, answer }: TaggedFormat): readonly [begin: string, next: () => Stage] {
  const wrapped = (closing: string): Stage => ({ kind: 'text', role: 'answer', marks: new Map([[closing, () => PLAIN_ANSWER]]) });
  const after: Stage = {
    kind: 'anchored',
    marks: new Map([[begin, () => thought], ...(answer ? [[answer.begin, () => wrapped(answer.end)] as const] : [])]),
    otherwise: () => PLAIN_ANSWER,
  };
  const thought: Stage = { kind: 'text', role: 'thought', marks: new Map([[end, () => after]]) };
  return [begin, () => thought];
}
