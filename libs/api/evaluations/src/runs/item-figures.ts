import type { RunAnswer, RunVerdict } from '@tandem/shared/contracts';

/** What is counted of one side of an item; null where it has no answer. */
export interface SideFigures {
  /** Whether it passed its checks; null where nothing was checked, or a check could not tell. */
  readonly passed: boolean | null;
  readonly total_ms: number | null;
  readonly ttft_ms: number | null;
  readonly tokens_per_second: number | null;
  /** Code points. */
  readonly characters: number;
}

/** What is counted between the first side and another. */
export interface PairFigures {
  /** But for white space at the ends. */
  readonly isSame: boolean;
  /** The other's code points over the first's; null where the first has none. */
  readonly lengthRatio: number | null;
  /** KL(first‖other) in nats per token over the first's answer, at least; null where it was not scored. */
  readonly divergence: number | null;
  /** As the judge said; null where none was asked, or it was not understood. */
  readonly winner: RunVerdict['winner'];
}

/** All that is counted of an item: texts are not needed for it. */
export interface ItemFigures {
  readonly sides: readonly (SideFigures | null)[];
  /** Of each side but the first; null where one of the two has no answer. */
  readonly pairs: readonly (PairFigures | null)[];
}

/** What is counted of an item. `divergences`, `winners`: of each side but the first. */
export function figuresOf(answers: readonly RunAnswer[], divergences: readonly (number | null)[], winners: readonly RunVerdict['winner'][]): ItemFigures {
  const [first, ...others] = answers;
  return {
    sides: answers.map(sideFigures),
    pairs: others.map((other, at) => pairFigures(first, other, divergences[at] ?? null, winners[at] ?? null)),
  };
}

/** In code points. */
export function charactersOf(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count += 1;
  return count;
}

function sideFigures({ error, check, timings, text }: RunAnswer): SideFigures | null {
  if (error !== null) return null;
  return {
    passed: check?.passed ?? null,
    total_ms: timings?.total_ms ?? null,
    ttft_ms: timings?.ttft_ms ?? null,
    tokens_per_second: timings?.tokens_per_second ?? null,
    characters: charactersOf(text),
  };
}

function pairFigures(first: RunAnswer | undefined, other: RunAnswer, divergence: number | null, winner: RunVerdict['winner']): PairFigures | null {
  if (first === undefined || first.error !== null || other.error !== null) return null;
  const length = charactersOf(first.text);
  return {
    isSame: first.text.trim() === other.text.trim(),
    lengthRatio: length === 0 ? null : charactersOf(other.text) / length,
    divergence,
    winner,
  };
}

/** By what items are sorted and filtered. Of several variants, what is farthest from the first. */
export function sortedBy({ sides, pairs }: ItemFigures): {
  readonly divergence: number | null;
  readonly length_ratio: number | null;
  readonly latency: number | null;
  readonly is_flip: number;
  readonly is_disagreement: number;
} {
  const [first] = sides;
  const there = pairs.filter((pair) => pair !== null);
  const flips = sides.slice(1).some((side) => typeof first?.passed === 'boolean' && side?.passed === !first.passed);
  return {
    divergence: greatest(there.map(({ divergence }) => divergence)),
    length_ratio: farthest(there.map(({ lengthRatio }) => lengthRatio)),
    latency: greatest(sides.map((side) => side?.total_ms ?? null)),
    is_flip: Number(flips),
    is_disagreement: Number(there.some(({ isSame }) => !isSame)),
  };
}

function greatest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function farthest(ratios: readonly (number | null)[]): number | null {
  const distance = (ratio: number): number => (ratio === 0 ? Infinity : Math.abs(Math.log(ratio)));
  return ratios.filter((ratio) => ratio !== null).sort((one, other) => distance(other) - distance(one))[0] ?? null;
}
