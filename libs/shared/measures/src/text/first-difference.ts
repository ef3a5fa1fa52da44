import { piecesOf } from './words';

/** From where on two texts differ. */
export interface FirstDifference {
  /** Which word differs, from 1; for a sign the word that it follows, 1 where it follows none. */
  readonly word: number;
  /** What stands there; null where the text has ended. */
  readonly baseline: string | null;
  readonly derivative: string | null;
}

/** Null where nothing but white space differs. Reads no further than the difference, and what both begin with once. */
export function firstDifference(baseline: string, derivative: string): FirstDifference | null {
  const begin = alikeUntil(baseline, derivative);
  let words = countWords(baseline.slice(0, begin));
  const [ours, theirs] = [piecesOf(baseline.slice(begin)), piecesOf(derivative.slice(begin))];
  for (;;) {
    const [our, their] = [ours.next().value ?? null, theirs.next().value ?? null];
    if (our === null && their === null) return null;
    const isWord = our?.isWord === true || their?.isWord === true;
    if (our?.text !== their?.text) {
      return { word: isWord ? words + 1 : Math.max(1, words), baseline: our?.text ?? null, derivative: their?.text ?? null };
    }
    if (isWord) words += 1;
  }
}

/** Behind the last white space that both texts have before they part: words do not reach over it. */
function alikeUntil(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let [at, white] = [0, 0];
  for (; at < shorter && one[at] === other[at]; at++) if (one[at] === ' ' || one[at] === '\n') white = at + 1;
  return white;
}

function countWords(text: string): number {
  let count = 0;
  for (const { isWord } of piecesOf(text)) if (isWord) count += 1;
  return count;
}
