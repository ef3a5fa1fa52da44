/** What a free sequence still has in its cache. */
export interface Kept {
  readonly tokens: readonly number[];
  readonly conversation: string | null;
  readonly owner: string | null;
  /** Grows with every use. */
  readonly lastUse: number;
}

/** What is about to be read. */
export interface Wanted {
  readonly tokens: readonly number[];
  readonly conversation: string | null;
  readonly owner: string | null;
}

/**
 * The index of the sequence that costs least: the one with the longest common beginning among those that lose little
 * by it; else an empty one; else the least recently used. One token in common (every prompt begins with the same one)
 * must not throw away another conversation's thousands, so a stranger's sequence is only continued when at least half
 * of what it holds stays.
 */
export function chooseSequence(free: readonly Kept[], wanted: Wanted): number {
  const ranked = free.map((kept, index) => {
    const common = commonLength(kept.tokens, wanted.tokens);
    const isOwn = wanted.conversation !== null && kept.conversation === wanted.conversation && kept.owner === wanted.owner;
    const continues = common > 0 && (isOwn || common * 2 >= kept.tokens.length);
    return { index, gain: continues ? common : 0, isEmpty: kept.tokens.length === 0, lastUse: kept.lastUse };
  });
  ranked.sort((one, other) => other.gain - one.gain || Number(other.isEmpty) - Number(one.isEmpty) || one.lastUse - other.lastUse);
  return ranked[0]?.index ?? -1;
}

/** How many tokens both begin with. */
export function commonLength(one: readonly number[], other: readonly number[]): number {
  const limit = Math.min(one.length, other.length);
  let length = 0;
  while (length < limit && one[length] === other[length]) length++;
  return length;
}
