import { createHash } from 'node:crypto';
import type { ModelEntry } from '@tandem/shared/contracts';

const HASH_CHARACTERS = 8;

/**
 * Each entry's own id, or a slug of its name. Models of one name have a hash of their endpoint behind it: what is added or
 * taken away beside a model never makes its id another's.
 */
export function idsOf(baseline: readonly ModelEntry[], twodelta: readonly ModelEntry[]): ReadonlyMap<ModelEntry, string> {
  const entries = [...baseline, ...twodelta];
  const wanted = new Map(entries.map((entry) => [entry, entry.id ?? slugOf(entry.name)] as const));
  const all = counts(entries.map((entry) => wanted.get(entry) ?? ''));
  const given = counts(entries.flatMap(({ id }) => id ?? []));
  const inBaseline = new Set(baseline.map((entry) => `${wanted.get(entry)} ${entry.endpoint}`));
  const isSecond = new Set(twodelta.filter((entry) => inBaseline.has(`${wanted.get(entry)} ${entry.endpoint}`)));
  const taken = new Map<string, number>();
  return new Map(
    entries.map((entry) => {
      const id = wanted.get(entry) ?? '';
      const isItsOwn = all.get(id) === 1 || (entry.id !== undefined && given.get(id) === 1);
      const made = isItsOwn ? id : `${id}-${hashOf(entry.endpoint)}${isSecond.has(entry) ? '-twodelta' : ''}`;
      // the same model twice in one list: which of them is which makes no difference
      const times = (taken.get(made) ?? 0) + 1;
      taken.set(made, times);
      return [entry, times === 1 ? made : `${made}-${times}`] as const;
    }),
  );
}

function counts(ids: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

/** Letters and digits of every script. */
function slugOf(name: string): string {
  const slug = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}.]+/gu, '-')
    .replace(/^[-.]+/, '');
  return withoutLastSigns(slug) || hashOf(name);
}

function withoutLastSigns(slug: string): string {
  let end = slug.length;
  while (end > 0 && '-.'.includes(slug.charAt(end - 1))) end--;
  return slug.slice(0, end);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_CHARACTERS);
}
