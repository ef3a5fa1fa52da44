import { middleOf } from './where-they-differ';

/** How few characters must be added, removed or replaced to make one text the other. */
export interface EditSimilarity {
  /** Levenshtein's distance, in code points. */
  readonly distance: number;
  /** 1 less the distance's share of the longer text; 0 to 1, 1 of two empty texts. */
  readonly similarity: number;
}

/** Null of two texts that differ over so long a stretch that it would take seconds: some 10,000 characters each. */
export function editSimilarity(baseline: string, derivative: string): EditSimilarity | null {
  const [ours, theirs] = [Array.from(baseline), Array.from(derivative)];
  const middle = middleOf(ours, theirs);
  if (middle === null) return null;
  const distance = distanceOf(middle.ours, middle.theirs);
  const longer = Math.max(ours.length, theirs.length);
  return { distance, similarity: longer === 0 ? 1 : 1 - distance / longer };
}

/** Row by row: what it costs to make the beginning of ours so far each beginning of theirs. */
function distanceOf(ours: readonly string[], theirs: readonly string[]): number {
  const row = Uint32Array.from({ length: theirs.length + 1 }, (_, index) => index);
  for (const [index, our] of ours.entries()) {
    let diagonal = index;
    let left = index + 1;
    row[0] = left;
    for (let at = 1; at <= theirs.length; at++) {
      const above = row[at] ?? 0;
      left = Math.min(left + 1, above + 1, diagonal + (our === theirs[at - 1] ? 0 : 1));
      row[at] = left;
      diagonal = above;
    }
  }
  return row[theirs.length] ?? 0;
}
