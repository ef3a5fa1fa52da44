/** What KaTeX says in attributes that browsers with MathML Core alone take no notice of, in their own terms. */

const SCRIPT = 'script';
const FRAKTUR = 'fraktur';
const DOUBLE = 'double-struck';

/** Where the capital and the small letters of an alphabet begin in Unicode. */
const ALPHABETS: Readonly<Record<string, readonly [number, number]>> = {
  [SCRIPT]: [0x1d49c, 0x1d4b6],
  [FRAKTUR]: [0x1d504, 0x1d51e],
  [DOUBLE]: [0x1d538, 0x1d552],
};

/** Letters that Unicode had before it had their alphabets. */
const OLDER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [SCRIPT]: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ', e: 'ℯ', g: 'ℊ', o: 'ℴ' },
  [FRAKTUR]: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' },
  [DOUBLE]: { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
};

/** A set of numbers is no number: its letter is another one. */
export function spellAlphabets(root: ParentNode): void {
  for (const part of root.querySelectorAll('[mathvariant]')) {
    const variant = part.getAttribute('mathvariant') ?? '';
    if (!ALPHABETS[variant] || part.childElementCount > 0) continue;
    part.textContent = (part.textContent ?? '').replaceAll(/[A-Za-z]/g, (letter) => spell(letter, variant));
    part.removeAttribute('mathvariant');
  }
}

/** What is aligned at its equals signs stays so: the style sheet knows these classes. */
export function alignColumns(root: ParentNode): void {
  for (const table of root.querySelectorAll('mtable')) {
    const columns = table.getAttribute('columnalign')?.split(' ') ?? [];
    const isClose = table.getAttribute('columnspacing')?.startsWith('0em') === true;
    if (isClose) table.classList.add('close');
    for (const row of table.children) {
      Array.from(row.children).forEach((cell, column) => cell.classList.add(`column-${columns[column] ?? 'center'}`));
    }
    table.removeAttribute('columnalign');
    table.removeAttribute('columnspacing');
  }
}

function spell(letter: string, variant: string): string {
  const [capital, small] = ALPHABETS[variant] ?? [0, 0];
  const code = letter >= 'a' ? small + letter.charCodeAt(0) - 0x61 : capital + letter.charCodeAt(0) - 0x41;
  return OLDER[variant]?.[letter] ?? String.fromCodePoint(code);
}
