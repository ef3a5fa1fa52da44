import { evidenceOf } from '@tandem/shared/measures';
import { summaryOf } from './summary-of';

const of = (baseline: number, derivative: number, tie = 0, both_bad = 0) => summaryOf({ baseline, derivative, tie, both_bad });
const digits = ({ low, high }: { readonly low: number; readonly high: number }, count: number): number[] =>
  [low, high].map((bound) => Number(bound.toFixed(count)));

describe('what votes come to', () => {
  it('says nothing before the first', () => {
    expect(of(0, 0)).toEqual({
      counts: { baseline: 0, derivative: 0, tie: 0, both_bad: 0 },
      decisive: 0,
      win_rate: null,
      interval: { low: 0, high: 1 },
      evidence: 1,
      decided: null,
      needed_more: null,
    });
  });

  it('has no share of wins where all are ties, however many', () => {
    expect(of(0, 0, 300, 200)).toMatchObject({ decisive: 0, win_rate: null, interval: { low: 0, high: 1 }, evidence: 1, decided: null, needed_more: null });
  });

  it.each([
    { baseline: 6, derivative: 14, win_rate: 0.7, interval: [0.3731, 0.9246], evidence: 1.2882, decided: null },
    { baseline: 10, derivative: 30, win_rate: 0.75, interval: [0.5117, 0.9144], evidence: 31.637, decided: 'derivative' },
    { baseline: 30, derivative: 10, win_rate: 0.25, interval: [0.0856, 0.4883], evidence: 31.637, decided: 'baseline' },
    { baseline: 40, derivative: 60, win_rate: 0.6, evidence: 0.913, decided: null },
    { baseline: 10, derivative: 0, win_rate: 0, interval: [0, 0.4169], evidence: 93.09, decided: 'baseline' },
    { baseline: 0, derivative: 10, win_rate: 1, interval: [0.5831, 1], evidence: 93.09, decided: 'derivative' },
  ])('has the reference values for $derivative of the derivative and $baseline of the baseline', ({ baseline, derivative, interval, evidence, ...told }) => {
    const summary = of(baseline, derivative, 15, 5);
    expect(summary).toMatchObject({ ...told, decisive: baseline + derivative, counts: { tie: 15, both_bad: 5 } });
    expect(summary.evidence).toBeCloseTo(evidence, evidence > 90 ? 2 : 3);
    if (interval) expect(digits(summary.interval, 4)).toEqual(interval);
  });

  it('does not count ties, of either kind', () => {
    const { counts, ...figures } = of(10, 30, 15, 5);
    expect(counts).toEqual({ baseline: 10, derivative: 30, tie: 15, both_bad: 5 });
    expect(of(10, 30)).toMatchObject(figures);
    expect(of(10, 30, 0, 20)).toMatchObject(figures);
  });

  it('is decided exactly when the evidence is at least 20, for who leads', () => {
    for (let decisive = 0; decisive <= 60; decisive += 1) {
      for (let derivative = 0; derivative <= decisive; derivative += 1) {
        const leader = 2 * derivative > decisive ? 'derivative' : 'baseline';
        const { decided, evidence } = of(decisive - derivative, derivative);
        expect([evidence, decided]).toEqual([evidenceOf(derivative, decisive), evidence >= 20 ? leader : null]);
      }
    }
  });

  it('is decided when the interval leaves the half, and not before', () => {
    for (const [baseline, derivative] of [
      [0, 8],
      [8, 0],
      [0, 7],
      [1, 10],
      [5, 17],
      [10, 30],
      [30, 10],
      [40, 60],
    ] as const) {
      const { decided, interval } = of(baseline, derivative);
      expect(decided !== null).toBe(interval.low > 0.5 || interval.high < 0.5);
    }
  });

  it.each([
    // the reference's numbers of votes for a true rate, less those that were cast
    [9, 11, 1_280 - 20],
    [11, 9, 1_280 - 20],
    [8, 12, 285 - 20],
    [7, 13, 117 - 20],
    [3, 7, 63 - 10],
    [7, 3, 63 - 10],
    [1, 4, 25 - 5],
    [2, 8, 25 - 10],
    [1, 9, 12 - 10],
    [9, 1, 12 - 10],
    [5, 5, null],
    [10, 30, 0],
  ])('after %d against %d needs %p more', (baseline, derivative, more) => {
    expect(of(baseline, derivative).needed_more).toBe(more);
  });

  it('needs more exactly as long as it is not decided', () => {
    for (let decisive = 1; decisive <= 40; decisive += 1) {
      for (let derivative = 0; derivative <= decisive; derivative += 1) {
        const { decided, needed_more: more } = of(decisive - derivative, derivative);
        expect(more === 0).toBe(decided !== null);
      }
    }
  });

  it('stays numbers over very many votes', () => {
    const summary = of(0, 100_000);
    expect(Object.values(JSON.parse(JSON.stringify(summary)) as object)).not.toContain(null);
    expect(summary).toMatchObject({ win_rate: 1, decided: 'derivative', needed_more: 0 });
  });
});
