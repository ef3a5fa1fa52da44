import { UnreadableFile } from './unreadable-file';

/** An object in a file, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a file may hold; texts in UTF-16 characters. */
export const FILE_LIMITS = { megabytes: 200, text: 8_000_000, name: 1_000 } as const;

/** Before a file is read: one that is larger would take the memory of the whole tab. */
export function checkSize(bytes: number): void {
  if (bytes <= FILE_LIMITS.megabytes * 1_000_000) return;
  throw new UnreadableFile(`This file has ${Math.ceil(bytes / 1_000_000)} MB, and ${FILE_LIMITS.megabytes} MB can be imported at once. Nothing was imported.`);
}

export function parseFile(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableFile('This file is not JSON, or only a part of it. Nothing was imported.');
  }
}

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The text that must stand there; `at` is the place of the fields, as their reader finds it. */
export function textAt(fields: Fields, name: string, at: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw wrong(placeOf(name, at), 'text');
  if (value.length > FILE_LIMITS.text) throw tooMuch(`${placeOf(name, at)} has `, `${sayCount(value.length)} characters`, FILE_LIMITS.text);
  return value;
}

export function nameOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value.slice(0, FILE_LIMITS.name) : otherwise;
}

export function timeAt(fields: Fields, name: string, at: string): number {
  const time = Date.parse(textAt(fields, name, at));
  if (Number.isNaN(time)) throw wrong(placeOf(name, at), 'a time, as in 2026-11-20T12:00:00Z');
  return time;
}

/** None of what is measured or counted is below nothing, or beyond a safe integer. */
export function numberOr<T>(value: unknown, otherwise: T): number | T {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : otherwise;
}

export function sayCount(count: number): string {
  return count.toLocaleString('en');
}

export function tooMuch(place: string, what: string, limit: number): UnreadableFile {
  return new UnreadableFile(`This file is too large: ${place || 'it has '}${what}, and ${sayCount(limit)} can be imported. Nothing was imported.`);
}

export function wrong(at: string, expected: string): UnreadableFile {
  return new UnreadableFile(`This file is damaged: ${at} must be ${expected}. Nothing was imported.`);
}

function placeOf(name: string, at: string): string {
  return at === '' ? name : `${at}.${name}`;
}
