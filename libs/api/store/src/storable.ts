import { Fault } from '@tandem/api/faults';

/** Neither PostgreSQL's text nor UTF-8 has them: NUL, and half of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** @throws Fault `invalid_request` at the first text, however deep, that cannot be kept as it is; `param` is its path */
export function requireStorable(value: unknown, path = ''): void {
  if (typeof value === 'string' && UNSTORABLE.test(value)) {
    const why = value.includes('\0') ? 'must not hold the character U+0000' : 'must be whole characters: half of a surrogate pair is in it';
    throw new Fault('invalid_request', path === '' ? `The request ${why}.` : `${path}: ${why}.`, { param: path });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, held] of Object.entries(value)) {
    if (!Array.isArray(value)) requireStorable(name, path);
    requireStorable(held, Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`);
  }
}

/** What is said of a text in a file that cannot, as a sentence goes on from its field. */
export const NOT_STORABLE = 'holds a NUL or half of a character, which is no text';

/** Whether all texts in a JSON value, names included, can be kept as they are. */
export function isStorable(value: unknown): boolean {
  // no call for each level: a file may nest deeper than calls go
  const left = [value];
  while (left.length > 0) {
    const held = left.pop();
    if (typeof held === 'string' && UNSTORABLE.test(held)) return false;
    if (typeof held === 'object' && held !== null) for (const [name, part] of Object.entries(held)) left.push(name, part);
  }
  return true;
}
