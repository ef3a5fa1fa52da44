/** The index of the largest value, the lowest of equals; undefined of no values. */
export function argMax(values: ArrayLike<number>): number | undefined {
  let best: number | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (value > most || (best === undefined && value === most)) [best, most] = [index, value];
  }
  return best;
}
