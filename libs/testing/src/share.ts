/** Where one leaves what must be closed. */
export type Closing = (close: () => void | Promise<void>) => void;

/**
 * What all tests of a `describe` have in common, opened before the first of them; `open` is told where it leaves what must be closed
 * after the last one, last opened first. For tests that leave nothing behind which another would see.
 */
export function share<T>(open: (closing: Closing) => Promise<T>): () => T {
  const closers: (() => void | Promise<void>)[] = [];
  let shared: T;
  beforeAll(async () => void (shared = await open((close) => void closers.push(close))));
  afterAll(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return () => shared;
}
