type Method = (text: string, ...args: readonly unknown[]) => unknown;

/** Of Python's strings, what chat templates call and the interpreter does not have, or has otherwise. */
export const STRING_METHODS: Readonly<Record<string, Method>> = {
  strip: (text, set) => stripped(stripped(text, set, 'start'), set, 'end'),
  lstrip: (text, set) => stripped(text, set, 'start'),
  rstrip: (text, set) => stripped(text, set, 'end'),
  format: (text, ...values) => {
    let next = 0;
    return text.replaceAll(/\{\{|\}\}|\{(\d*)\}/g, (found, index: string | undefined) =>
      index === undefined ? found.charAt(0) : shown(values[index === '' ? next++ : Number(index)]),
    );
  },
  join: (text, items) => listOf(items).map(shown).join(text),
  find: (text, part) => codePointsBefore(text, text.indexOf(shown(part))),
  rfind: (text, part) => codePointsBefore(text, text.lastIndexOf(shown(part))),
  count: (text, part) => text.split(shown(part)).length - 1,
  splitlines: (text) => text.split(/\r\n|\r|\n/).slice(0, /[\r\n]$/.test(text) || text === '' ? -1 : undefined),
  rsplit: (text, by, most) => {
    const parts = typeof by === 'string' ? text.split(by) : text.trim().split(/\s+/);
    const kept = typeof most === 'number' && most >= 0 ? Math.max(0, parts.length - 1 - most) : 0;
    return kept === 0 ? parts : [parts.slice(0, kept + 1).join(typeof by === 'string' ? by : ' '), ...parts.slice(kept + 1)];
  },
  partition: (text, by) => {
    const place = text.indexOf(shown(by));
    return place < 0 ? [text, '', ''] : [text.slice(0, place), shown(by), text.slice(place + shown(by).length)];
  },
  removeprefix: (text, part) => (text.startsWith(shown(part)) ? text.slice(shown(part).length) : text),
  removesuffix: (text, part) => (shown(part) !== '' && text.endsWith(shown(part)) ? text.slice(0, -shown(part).length) : text),
  isdigit: (text) => /^\d+$/.test(text),
  isalpha: (text) => /^\p{L}+$/u.test(text),
  isalnum: (text) => /^[\p{L}\p{N}]+$/u.test(text),
  isspace: (text) => /^\s+$/.test(text),
  isupper: (text) => text === text.toUpperCase() && text !== text.toLowerCase(),
  islower: (text) => text === text.toLowerCase() && text !== text.toUpperCase(),
  zfill: (text, width) => text.padStart(Number(width), '0'),
  ljust: (text, width) => text.padEnd(Number(width)),
  rjust: (text, width) => text.padStart(Number(width)),
};

/** As Python prints a value; what is not there is nothing. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function listOf(items: unknown): readonly unknown[] {
  if (typeof items === 'string') return Array.from(items);
  return Array.isArray(items) ? items : [];
}

function stripped(text: string, set: unknown, side: 'start' | 'end'): string {
  if (typeof set !== 'string') return side === 'start' ? text.trimStart() : text.trimEnd();
  const letters = new Set(set);
  const all = Array.from(text);
  if (side === 'start')
    return all
      .slice(
        Math.max(
          0,
          indexOr(
            all.findIndex((letter) => !letters.has(letter)),
            all.length,
          ),
        ),
      )
      .join('');
  return all.slice(0, all.findLastIndex((letter) => !letters.has(letter)) + 1).join('');
}

function indexOr(index: number, otherwise: number): number {
  return index < 0 ? otherwise : index;
}

function codePointsBefore(text: string, index: number): number {
  return index < 0 ? -1 : Array.from(text.slice(0, index)).length;
}
