import { sayMoment, saySince } from './say-since';

const at = (day: number, hours: number, minutes: number, seconds = 0): number => new Date(2026, 10, day, hours, minutes, seconds).getTime();
const since = (fromMs: number, nowMs: number): string => saySince(new Date(fromMs).toISOString(), nowMs);

describe('saySince', () => {
  it.each([
    [at(21, 14, 32), at(21, 14, 32, 59), '14:32'],
    [at(21, 14, 32), at(21, 14, 33), '14:32 (1 min)'],
    [at(21, 9, 5), at(21, 14, 32), '09:05 (5 h)'],
    [at(21, 0, 0), at(21, 0, 59), '00:00 (59 min)'],
    [at(20, 23, 10), at(21, 8, 32), 'Nov 20, 23:10 (9 h)'],
    [at(18, 12, 0), at(21, 14, 32), 'Nov 18, 12:00 (3 days)'],
    [at(21, 14, 33), at(21, 14, 32), '14:33'],
  ])('of %d at %d: %s', (from, now, words) => expect(since(from, now)).toBe(words));
});

describe('sayMoment', () => {
  it('names the day of a moment that is not today, also before it', () => {
    expect(sayMoment(new Date(at(22, 0, 5)).toISOString(), at(21, 23, 58))).toBe('Nov 22, 00:05');
  });
});
