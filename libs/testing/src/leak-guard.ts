/** What keeps a process alive or busy and has to be given back: timers, sockets, servers, pipes, child processes. */
const COUNTED = ['Timeout', 'TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'ProcessWrap', 'MessagePort'];
const PATIENCE_MS = 2_000;

function count(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (COUNTED.includes(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function leaks(before: Map<string, number>): string[] {
  return [...count()]
    .filter(([kind, now]) => now > (before.get(kind) ?? 0))
    .map(([kind, now]) => `${kind}: ${before.get(kind) ?? 0} → ${now}`);
}

/**
 * Fails the test file when it ends with more timers, sockets or processes than it began with. Call it at the end of
 * the file: its check then runs last. Closing takes a few turns of the event loop, so it looks again until its
 * patience ends.
 */
export function guardLeaks(): void {
  const before = count();
  afterAll(async () => {
    const deadline = performance.now() + PATIENCE_MS;
    while (leaks(before).length > 0 && performance.now() < deadline)
      await new Promise((resolve) => setImmediate(resolve));
    expect(leaks(before)).toEqual([]);
  });
}
