import { middleOf } from './where-they-differ';
import { piecesOf } from './words';

/**
 * ROUGE-L (Lin 2004): the F1 of the longest sequence of words that stands in both texts in the same order, not necessarily side by
 * side; 0 to 1, 1 of two texts without words. Upper and lower case are the same, signs do not count. Null of two texts that differ
 * over so long a stretch that it would take seconds: some 10,000 words each.
 */
export function rougeL(baseline: string, derivative: string): number | null {
  const [ours, theirs] = [wordsOf(baseline), wordsOf(derivative)];
  const words = ours.length + theirs.length;
  if (words === 0) return 1;
  const middle = middleOf(ours, theirs);
  return middle === null ? null : (2 * (middle.shared + longestCommon(middle.ours, middle.theirs))) / words;
}

function wordsOf(text: string): readonly string[] {
  return [...piecesOf(text)].filter(({ isWord }) => isWord).map((piece) => piece.text.toLowerCase());
}

function longestCommon(ours: readonly string[], theirs: readonly string[]): number {
  const row = new Uint32Array(theirs.length + 1);
  for (const our of ours) {
    let [diagonal, left] = [0, 0];
    for (let at = 1; at <= theirs.length; at++) {
      const above = row[at] ?? 0;
      left = our === theirs[at - 1] ? diagonal + 1 : Math.max(left, above);
      row[at] = left;
      diagonal = above;
    }
  }
  return row[theirs.length] ?? 0;
}
