import type { Activity, Pastime } from './process-activity';
import { Silence } from './silence';

describe('a silence', () => {
  /** Of ticks of a second each, with what the process was given and did in it. */
  function after(ticks: number, cpuMs: number, pastime: Pastime | null, tickTakesMs = 1_000): Silence {
    let [total, now] = [5_000, 0];
    const activity = (): Activity | null => (pastime === null ? null : { cpuMs: (total += cpuMs), pastime });
    const silence = new Silence(1_000, activity, () => (now += tickTakesMs));
    for (let tick = 0; tick < ticks; tick++) silence.tick();
    return silence;
  }

  it.each<[string, number, Pastime | null]>([
    ['does nothing', 0, 'resting'],
    ['computes all the time', 1_000, 'waiting'],
    ['computes on several processors', 4_000, 'waiting'],
    ['is one of which nothing is known', 0, null],
  ])('of a process that %s is as long as it takes', (_, cpuMs, pastime) => {
    expect(after(7, cpuMs, pastime).isLongerThan(8)).toBe(false);
    expect(after(8, cpuMs, pastime).isLongerThan(8)).toBe(true);
  });

  it.each<[string, number, Pastime, number]>([
    ['is never given a processor', 0, 'waiting', 1_000],
    ['is given a tenth of one', 100, 'waiting', 60],
    ['is given a tenth of one, and rests just now', 100, 'resting', 25],
    ['waits for a disk', 0, 'reading', 25],
  ])('of a process that %s is hardly any', (_, cpuMs, pastime, ticks) => {
    expect(after(ticks, cpuMs, pastime).isLongerThan(8)).toBe(false);
    expect(after(ticks, cpuMs, pastime)).toHaveLength(ticks);
  });

  it.each<[string, number, Pastime]>([
    ['waits for a disk that never answers', 0, 'reading'],
    ['rests, but for a trifle that one of its threads does', 10, 'resting'],
    ['is given a tenth of a processor and makes nothing of it', 100, 'waiting'],
  ])('of a process that %s has an end too', (_, cpuMs, pastime) => expect(after(90, cpuMs, pastime).isLongerThan(8)).toBe(true));

  it('counts little where nothing is known and the one who listens is late as well', () => {
    expect(after(25, 0, null, 2_000).isLongerThan(8)).toBe(false);
    expect(after(60, 0, null, 2_000).isLongerThan(8)).toBe(true);
  });

  it('begins again with every word', () => {
    const silence = after(7, 0, 'resting');
    silence.heard();
    silence.tick();
    expect(silence.isLongerThan(2)).toBe(false);
    expect(silence).toHaveLength(1);
  });
});
