/**
 * Does `work` for each of `items`, `most` of them at once, begun in their order; an item is asked for only when there is room for it.
 * Rejects with the first failure, once everything that was begun has ended: nothing is begun after it.
 */
export async function eachOf<T>(items: Iterable<T> | AsyncIterable<T>, most: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const running = new Set<Promise<unknown>>();
  try {
    for await (const item of items) {
      // one that failed stays, for whoever waits next
      const done: Promise<unknown> = work(item).then(() => running.delete(done));
      // it is waited for together with the others
      done.catch(() => undefined);
      running.add(done);
      if (running.size >= most) await Promise.race(running);
    }
    await Promise.all(running);
  } finally {
    await Promise.allSettled(running);
  }
}
