/** GPT-2 writes every byte as one printable letter: itself where it is visible, else the next one from U+0100 on. */
const isVisible = (byte: number): boolean => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
const HIDDEN = BYTES.filter((byte) => !isVisible(byte));

const LETTERS = BYTES.map((byte) => String.fromCodePoint(isVisible(byte) ? byte : 256 + HIDDEN.indexOf(byte)));
const BYTE_OF = new Map(LETTERS.map((letter, byte) => [letter, byte]));

/** The letters in the order in which GPT-2's vocabulary begins. */
export const LETTERS_IN_ORDER: readonly string[] = [...BYTES.filter(isVisible), ...HIDDEN].map(letterOf);

export function letterOf(byte: number): string {
  return LETTERS[byte] ?? '';
}

/** A text as byte-level vocabularies write it. */
export function lettersOf(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), letterOf).join('');
}

/** The text that such a token stands for, or null where it is no whole text. */
export function textOf(token: string): string | null {
  const bytes = Array.from(token, (letter) => BYTE_OF.get(letter));
  if (bytes.includes(undefined)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes as number[]));
  } catch {
    return null;
  }
}
