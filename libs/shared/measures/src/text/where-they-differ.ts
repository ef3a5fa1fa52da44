/** What is left of two lists without what they begin and end with alike. */
export interface Middle<T> {
  /** How many elements were taken off each. */
  readonly shared: number;
  readonly ours: readonly T[];
  readonly theirs: readonly T[];
}

/** Texts over which a comparison of each element with each would take longer than anyone waits: a second or so. */
const MOST_COMPARISONS = 100_000_000;

/** Null where what is left is too long to compare each element with each. Texts that differ in one place may be of any length. */
export function middleOf<T>(ours: readonly T[], theirs: readonly T[]): Middle<T> | null {
  const shorter = Math.min(ours.length, theirs.length);
  let begin = 0;
  while (begin < shorter && ours[begin] === theirs[begin]) begin += 1;
  let end = 0;
  while (end < shorter - begin && ours.at(-1 - end) === theirs.at(-1 - end)) end += 1;
  const [our, their] = [ours.slice(begin, ours.length - end), theirs.slice(begin, theirs.length - end)];
  return our.length * their.length > MOST_COMPARISONS ? null : { shared: begin + end, ours: our, theirs: their };
}
