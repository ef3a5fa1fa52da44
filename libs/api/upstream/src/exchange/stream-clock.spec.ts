import { jest } from '@jest/globals';
import { StreamClock } from './stream-clock';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('StreamClock', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function start(totalMs = Number.POSITIVE_INFINITY) {
    const reasons: unknown[] = [];
    const clock = new StreamClock((reason) => reasons.push(reason), { silenceMs: 2 * MINUTE, totalMs }, 'h:1');
    return { clock, reasons };
  }

  it('never stops a stream of half an hour that says something now and then', () => {
    const { clock, reasons } = start();
    for (let seconds = 0; seconds < 30 * 60; seconds += 100) {
      jest.advanceTimersByTime(100 * SECOND);
      clock.restartSilence();
    }
    expect(reasons).toEqual([]);
    clock.clear();
  });

  it('stops one that is silent for longer than allowed, at any time', () => {
    const { clock, reasons } = start();
    jest.advanceTimersByTime(MINUTE);
    clock.restartSilence();
    jest.advanceTimersByTime(2 * MINUTE - 1);
    expect(reasons).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(reasons).toMatchObject([{ code: 'upstream_idle' }]);
    clock.clear();
  });

  it('stops one that goes on beyond its total where there is one', () => {
    const { clock, reasons } = start(3 * MINUTE);
    for (let minutes = 0; minutes < 3; minutes++) {
      jest.advanceTimersByTime(MINUTE);
      clock.restartSilence();
    }
    expect(reasons).toMatchObject([{ code: 'upstream_timeout' }]);
    clock.clear();
  });
});
