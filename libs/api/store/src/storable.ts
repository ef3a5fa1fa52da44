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
