import type { PairMeasures } from '@tandem/shared/contracts';

const BINS = 10;

/** How values from 0 on are spread, up to the least round number that none is above. Null of none. */
export function histogramOf(values: readonly number[]): PairMeasures['divergence_histogram'] {
  if (values.length === 0) return null;
  const width = roundTop(values.reduce((most, value) => Math.max(most, value), 0)) / BINS;
  const counts = Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(value / width)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { bin_width: width, counts };
}

/** From 1, 2 and 5 with their powers of ten; 1 of nothing. */
function roundTop(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5].map((factor) => factor * power).find((top) => top >= most) ?? 10 * power;
}
