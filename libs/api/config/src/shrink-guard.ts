import type { PartialDocument } from './parse-document';

/** Why a document looks like an accident beside the one that its source gave before; undefined where it does not, or says `"allow_shrink": true`. */
export function shrinkProblem(before: PartialDocument, next: PartialDocument): string | undefined {
  if (next.allow_shrink === true) return undefined;
  const [had, has] = [namesIn(before), namesIn(next)];
  const kept = had.filter((name) => has.includes(name)).length;
  const isEmptied = had.length > 0 && has.length === 0;
  if (!isEmptied && (had.length < 2 || kept * 2 >= had.length)) return undefined;
  const what = isEmptied ? 'names no model' : `drops ${had.length - kept} of ${had.length} models`;
  return `The new configuration ${what}, which looks like a mistake. If it is meant, add "allow_shrink": true to the document.`;
}

function namesIn({ baseline_models = [], twodelta_models = [] }: PartialDocument): string[] {
  return [...baseline_models, ...twodelta_models].map(({ id, name }) => id ?? name);
}
