const TRIES = 3;
/** The collector may double a time, or more; nothing makes it so many times as long. */
const HOPELESS = 4;
/** Less processor time says more of the machine than of the work. */
const FLOOR_MS = 5;
/** How many times as much the larger input is. */
const TIMES = 64;

/**
 * The processor time that some work takes of this thread, in milliseconds: what else the machine does is not in it. It is done again,
 * three times at most, where it took more than `enough`, since the collector may have been at work; the least of the times counts.
 */
export function workMs(work: () => unknown, enough = 0): number {
  let least = Infinity;
  for (let tries = 0; tries < TRIES && least > enough && (tries === 0 || enough === 0 || least < HOPELESS * enough); tries++) {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/**
 * How many times as much processor time some work takes over an input of `size` as over a 64th of that: at most 64 where it looks at
 * each character once, and 4,096 where at each it goes back over all the others. `make` is not counted. What is beyond `most` is measured again.
 */
export function growthOf<T>(work: (input: T) => unknown, make: (size: number) => T, size: number, most = LINEAR): number {
  const [small, large] = [make(Math.floor(size / TIMES)), make(size)];
  const smallMs = Math.max(
    FLOOR_MS,
    workMs(() => work(small)),
  );
  return workMs(() => work(large), most * smallMs) / smallMs;
}

/** Between the two, eight times as far from either as it takes. */
export const LINEAR = 512;
/** Where the size makes no difference. */
export const LEVEL = 8;
