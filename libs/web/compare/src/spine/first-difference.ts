const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** From which word on two texts differ, counted from 1; undefined where they are the same. */
export function firstDifference(one: string, other: string): number | undefined {
  const at = differingAt(one, other);
  if (at === undefined) return undefined;
  return Math.min(wordsBefore(one, at), wordsBefore(other, at)) + 1;
}

/** In UTF-16 characters. */
function differingAt(one: string, other: string): number | undefined {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) if (one[at] !== other[at]) return at;
  return one.length === other.length ? undefined : shorter;
}

/** How far after a place a word that holds it may go on. */
const LONGEST_WORD = 100;

/** How many words end before a place. */
function wordsBefore(text: string, at: number): number {
  let count = 0;
  for (const { segment, index, isWordLike } of words.segment(text.slice(0, at + LONGEST_WORD))) {
    if (index + segment.length > at) break;
    if (isWordLike) count += 1;
  }
  return count;
}
