import { lastValueFrom, Subject, toArray } from 'rxjs';
import { Readiness } from './readiness';

describe('Readiness', () => {
  it('serves, then leaves and still takes what comes, then drains and takes nothing; there is no way back', () => {
    const readiness = new Readiness();
    const seen = () => [readiness.isLeaving, readiness.isDraining];
    expect(seen()).toEqual([false, false]);
    readiness.startLeaving();
    expect(seen()).toEqual([true, false]);
    expect(() => readiness.refuseNewWork()).not.toThrow();
    readiness.startDraining();
    readiness.startLeaving();
    expect(seen()).toEqual([true, true]);
    expect(() => readiness.refuseNewWork()).toThrow(expect.objectContaining({ code: 'server_restarting', retryable: true }));
  });

  it('ends events that nobody waits to see the end of, and begins no more of them', async () => {
    const readiness = new Readiness();
    const events = new Subject<number>();
    const seen = lastValueFrom(readiness.untilDraining(events).pipe(toArray()));
    events.next(1);
    readiness.startDraining();
    events.next(2);
    expect(await seen).toEqual([1]);
    expect(() => readiness.untilDraining(events)).toThrow(expect.objectContaining({ code: 'server_restarting' }));
  });
});
