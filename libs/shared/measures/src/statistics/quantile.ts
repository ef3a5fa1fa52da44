/**
 * The value that a share of all values does not exceed, by linear interpolation on n − 1 (NumPy's default, R's type 7).
 * `share` is from 0 to 1. NaN of no values.
 */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
}

/** NaN of no values. */
export function medianOf(values: readonly number[]): number {
  return quantileOf(values, 0.5);
}
