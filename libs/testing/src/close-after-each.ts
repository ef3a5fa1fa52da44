/** Returns where a test's `setup` leaves what must be closed; after each test it is closed, last opened first. */
export function closeAfterEach(): (close: () => void | Promise<void>) => void {
  const closers: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return (close) => void closers.push(close);
}
