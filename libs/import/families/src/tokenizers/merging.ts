/** Byte-pair merging of one word, as llama.cpp does it: the best pair first, the leftmost of equals. */
export function merged(word: string, ranks: ReadonlyMap<string, number>): string[] {
  const parts = Array.from(word);
  for (;;) {
    let best = Infinity;
    let at = -1;
    for (let index = 0; index + 1 < parts.length; index++) {
      const rank = ranks.get(`${parts[index]} ${parts[index + 1]}`) ?? Infinity;
      if (rank < best) [best, at] = [rank, index];
    }
    if (at < 0) return parts;
    parts.splice(at, 2, `${parts[at]}${parts[at + 1]}`);
  }
}

/** Whether every token is what merging makes of its own text, so that taking words whole changes nothing. */
export function reachesAll(tokens: Iterable<string>, merges: readonly string[]): boolean {
  const ranks = new Map(merges.map((merge, rank) => [merge, rank]));
  for (const token of tokens) if (merged(token, ranks).length > 1) return false;
  return true;
}
