import { PATIENCE_MS } from './patience';

/** What keeps a process alive or busy and has to be given back: sockets, servers, pipes, child processes; timers apart. */
const COUNTED = ['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'ProcessWrap', 'MessagePort'];

function count(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (COUNTED.includes(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Notes every timer that is set from now on: the test runner has some of its own, as many as it likes. Gives how many still run. */
function watchTimers(): () => number {
  const set: NodeJS.Timeout[] = [];
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const original = globalThis[name] as (...args: unknown[]) => NodeJS.Timeout;
    const noted = (...args: unknown[]): NodeJS.Timeout => {
      const timer = original(...args);
      set.push(timer);
      return timer;
    };
    Object.assign(globalThis, { [name]: Object.defineProperties(noted, Object.getOwnPropertyDescriptors(original)) });
  }
  // one that lets the process end does no harm; whether one is over Node says nowhere else
  return () => set.filter((timer) => timer.hasRef() && !(timer as unknown as { _destroyed: boolean })._destroyed).length;
}

/**
 * Fails the test file when it ends with more timers, sockets or processes than it began with. Call it at the end of
 * the file: its check then runs last. Closing takes a few turns of the event loop, so it looks again until its
 * patience ends.
 */
export function guardLeaks(): void {
  // Node opens its own two pipes when somebody first looks at them, such as whoever prints the first warning; nobody closes those.
  void [process.stdout, process.stderr];
  const before = count();
  const timers = watchTimers();
  const leaks = (): string[] => [
    ...[...count()].filter(([kind, now]) => now > (before.get(kind) ?? 0)).map(([kind, now]) => `${kind}: ${before.get(kind) ?? 0} → ${now}`),
    ...(timers() > 0 ? [`timers: ${timers()}`] : []),
  ];
  afterAll(async () => {
    const deadline = performance.now() + PATIENCE_MS;
    while (leaks().length > 0 && performance.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    expect(leaks()).toEqual([]);
  });
}
