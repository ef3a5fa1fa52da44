import { jest } from '@jest/globals';
import { Rounds } from './rounds';

function setup() {
  jest.useFakeTimers();
  const seen = { begun: 0, waits: 0, end: (): void => undefined };
  const work = () => {
    seen.begun += 1;
    return new Promise<void>((resolve) => (seen.end = resolve));
  };
  const rounds = new Rounds(work, () => ++seen.waits * 1_000);
  return { rounds, seen };
}

afterEach(() => jest.useRealTimers());

describe('Rounds', () => {
  it('wait anew after each work, however long that took', async () => {
    const { rounds, seen } = setup();
    rounds.begin();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(seen).toMatchObject({ begun: 1, waits: 0 });
    seen.end();
    await jest.advanceTimersByTimeAsync(999);
    expect(seen).toMatchObject({ begun: 1, waits: 1 });
    await jest.advanceTimersByTimeAsync(1);
    expect(seen.begun).toBe(2);
    seen.end();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(seen.begun).toBe(3);
  });

  it('tell when the next one is due', async () => {
    const { rounds } = setup();
    expect(rounds.dueMs).toBeNull();
    rounds.wait();
    expect((rounds.dueMs ?? 0) - performance.now()).toBe(1_000);
  });

  it('end with the work that is under way', async () => {
    const { rounds, seen } = setup();
    rounds.begin();
    rounds.close();
    seen.end();
    await jest.advanceTimersByTimeAsync(60_000);
    expect([seen.begun, seen.waits, jest.getTimerCount()]).toEqual([1, 0, 0]);
  });

  it('leave no timer behind, and do not begin again', async () => {
    const { rounds, seen } = setup();
    rounds.wait();
    rounds.close();
    rounds.begin();
    rounds.wait();
    await jest.advanceTimersByTimeAsync(60_000);
    expect([seen.begun, jest.getTimerCount(), rounds.isClosed]).toEqual([0, 0, true]);
  });
});
