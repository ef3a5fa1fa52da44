/** Shorter times say more of the machine than of the work. */
const FLOOR_MS = 20;
const TIMES = 3;

function shortestMs(work: () => unknown): number {
  const times = Array.from({ length: TIMES }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.max(FLOOR_MS, Math.min(...times));
}

/**
 * How many times as long some work takes over an input four times as long: 4 where it looks at each character once, 16
 * where at each it goes back over all the others. `make` is not counted.
 */
export function growthOf<T>(work: (input: T) => unknown, make: (size: number) => T, size: number): number {
  const [small, large] = [make(size), make(4 * size)];
  return shortestMs(() => work(large)) / shortestMs(() => work(small));
}

/** Between the two, as far from either as a busy machine is from a quiet one. */
export const LINEAR = 9;
