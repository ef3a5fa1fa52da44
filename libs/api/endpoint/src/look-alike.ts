import { domainToUnicode } from 'node:url';

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Hebrew', 'Arabic', 'Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo'] as const;
const LETTERS = new Map(SCRIPTS.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const));
const NEUTRAL = /[\p{Script=Common}\p{Script=Inherited}]/gu;

/** What one name may hold beside each other: the ways in which Japanese, Korean and Chinese are written. */
const WRITTEN_TOGETHER: readonly ReadonlySet<string>[] = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Hangul']),
  new Set(['Latin', 'Han', 'Bopomofo']),
];

/** Cyrillic and Greek letters that cannot be told from Latin ones. */
const LIKE_LATIN = /^[асԁеһіјӏорԛѕԝхуѵϲјορυν]+$/u;

function scriptsOf(text: string): ReadonlySet<string> {
  const known = [...LETTERS].filter(([, letter]) => letter.test(text)).map(([script]) => script);
  const rest = [...LETTERS.values()].reduce((left, letter) => left.replace(new RegExp(letter, 'gu'), ''), text);
  return new Set<string>(rest === '' ? known : [...known, 'another']);
}

function isDisguised(label: string): boolean {
  const letters = label.replace(NEUTRAL, '');
  const scripts = scriptsOf(letters);
  const isMixed = scripts.size > 1 && !WRITTEN_TOGETHER.some((together) => [...scripts].every((script) => together.has(script)));
  return isMixed || LIKE_LATIN.test(letters);
}

/** The first `xn--` label of a host that reads like another name, as `аpple` with its Cyrillic а does, or that stands for nothing. */
export function lookAlikeOf(host: string): string | undefined {
  return host
    .toLowerCase()
    .split('.')
    .filter((label) => label.startsWith('xn--'))
    .find((label) => {
      const read = domainToUnicode(label);
      return read === '' || read === label || isDisguised(read);
    });
}
