import type { PartialDocument } from './parse-document';
import { say, type Sentence } from './sentence';

/** Of fewer, all may be exchanged for others: a pair to compare often is. */
const GUARDED_MODELS = 3;

/** Why a document looks like an accident beside the one that its source gave before; undefined where it does not, or says `"allow_shrink": true`. */
export function shrinkProblem(before: PartialDocument, next: PartialDocument): Sentence | undefined {
  if (next.allow_shrink === true) return undefined;
  const [had, has] = [namesIn(before), new Set(namesIn(next))];
  const kept = had.filter((name) => has.has(name)).length;
  const isEmptied = had.length > 0 && has.size === 0;
  if (!isEmptied && (had.length < GUARDED_MODELS || kept * 2 >= had.length)) return undefined;
  const what = isEmptied ? say`names no model` : say`drops ${had.length - kept} of ${had.length} models`;
  return say`${what}, which looks like a mistake. If it is meant, add "allow_shrink": true to it.`;
}

function namesIn({ baseline_models = [], twodelta_models = [] }: PartialDocument): string[] {
  return [...baseline_models, ...twodelta_models].map(({ id, name }) => id ?? name);
}
