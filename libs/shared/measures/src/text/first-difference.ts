import { piecesOf } from './words';

/** From where on two texts differ. */
export interface FirstDifference {
  /** Which word differs, from 1; for a sign the word that it follows, 1 where it follows none. */
  readonly word: number;
  /** What stands there; null where the text has ended. */
  readonly baseline: string | null;
  readonly derivative: string | null;
}

/** Null where nothing but white space differs. Reads no further than the difference. */
export function firstDifference(baseline: string, derivative: string): FirstDifference | null {
  const [ours, theirs] = [piecesOf(baseline), piecesOf(derivative)];
  let words = 0;
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
