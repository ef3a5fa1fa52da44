import { jest } from '@jest/globals';
import { CircuitBreaker } from './circuit-breaker';

function setup({ failures = 2, restMs = 1_000 } = {}) {
  let now = 0;
  const breaker = new CircuitBreaker({ failures, restMs }, () => now);
  const fail = () => breaker.leave(breaker.enter(), 'failure');
  return { breaker, fail, pass: (ms: number) => (now += ms) };
}

describe('CircuitBreaker', () => {
  it('opens after failures in a row', () => {
    const { breaker, fail } = setup();
    fail();
    breaker.leave(breaker.enter(), 'success');
    fail();
    expect(breaker.lets).toBe(true);
    fail();
    expect(breaker.lets).toBe(false);
    expect(breaker.isClosed).toBe(false);
    expect(breaker.restMs).toBe(1_000);
  });

  it('lets one trial through after its rest, and closes when that succeeds', () => {
    const { breaker, fail, pass } = setup({ failures: 1 });
    fail();
    pass(999);
    expect(breaker.lets).toBe(false);
    pass(1);
    expect(breaker.lets).toBe(true);
    const isTrial = breaker.enter();
    expect([isTrial, breaker.lets]).toEqual([true, false]);
    breaker.leave(isTrial, 'success');
    expect([breaker.isClosed, breaker.lets, breaker.enter()]).toEqual([true, true, false]);
  });

  it('rests twice as long after each trial that fails, up to a minute', () => {
    const { breaker, fail, pass } = setup({ failures: 1 });
    const rests = Array.from({ length: 8 }, () => {
      fail();
      const { restMs } = breaker;
      pass(restMs);
      return restMs;
    });
    expect(rests).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('heeds no end of what began before it opened', () => {
    const { breaker, fail } = setup({ failures: 1 });
    const before = breaker.enter();
    fail();
    breaker.leave(before, 'success');
    expect(breaker.isClosed).toBe(false);
    breaker.leave(before, 'failure');
    expect(breaker.restMs).toBe(1_000);
  });

  it.each([3, -3])('does not notice when the clock of the machine jumps by %d days', (days) => {
    const breaker = new CircuitBreaker({ failures: 1, restMs: 60_000 });
    breaker.leave(breaker.enter(), 'failure');
    const jumped = Date.now() + days * 86_400_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(jumped);
    expect(breaker.lets).toBe(false);
    expect(breaker.restMs).toBeGreaterThan(50_000);
    expect(breaker.restMs).toBeLessThanOrEqual(60_000);
    clock.mockRestore();
  });
});
