/** How long each try waits for the one before, in milliseconds: together as long as the server goes on by itself. */
const WAITS_MS = [0, 1_000, 3_000, 10_000, 20_000, 25_000];

/** Has the server stop a stream. A connection that closes is no such word: the work goes on for a while, to be resumed. */
export async function tellStop(streamId: string): Promise<void> {
  if (streamId === '') return;
  for (const waitMs of WAITS_MS) {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const response = await fetch(`stream/${streamId}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
    if (response && response.status < 500) return;
  }
}
