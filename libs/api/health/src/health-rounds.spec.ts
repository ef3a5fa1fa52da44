import { jest } from '@jest/globals';
import { HealthRounds } from './health-rounds';
import type { HealthMonitor } from './health-monitor';

const INTERVAL_MS = 30_000;
const IDLE = { subjects: () => Promise.resolve([]) } as unknown as HealthMonitor;

/** How long each of so many servers that started in one moment waits between its first two rounds. */
async function delays(replicas: number): Promise<number[]> {
  const clock = jest.spyOn(globalThis, 'setTimeout').mockImplementation(() => ({ unref: () => undefined }) as never);
  for (let n = 0; n < replicas; n++) new HealthRounds(IDLE, { intervalMs: INTERVAL_MS }).onApplicationBootstrap();
  await new Promise((resolve) => setImmediate(resolve));
  const waited = clock.mock.calls.map(([, ms]) => ms ?? 0);
  clock.mockRestore();
  return waited;
}

describe('HealthRounds', () => {
  it('does not look in step with other servers that started together', async () => {
    const waited = await delays(10);
    expect(waited).toHaveLength(10);
    for (const ms of waited) {
      expect(ms).toBeGreaterThanOrEqual(0.9 * INTERVAL_MS);
      expect(ms).toBeLessThanOrEqual(1.1 * INTERVAL_MS);
    }
    expect(new Set(waited.map(Math.round)).size).toBeGreaterThan(5);
  });
});
