import { weighVotes } from './weigh-votes';

describe('votes for one of two', () => {
  it.each([
    [10, 30, 'derivative'],
    [30, 10, 'baseline'],
    [6, 14, null],
  ] as const)('%i to %i decide for %s', (baseline, derivative, decided) => {
    const decisive = baseline + derivative;
    expect(weighVotes({ baseline, derivative })).toMatchObject({ decisive, win_rate: derivative / decisive, decided });
  });

  it('have the reference values for 30 of 40', () => {
    const { interval, evidence } = weighVotes({ baseline: 10, derivative: 30 });
    expect(interval.low).toBeCloseTo(0.5117, 4);
    expect(interval.high).toBeCloseTo(0.9144, 4);
    expect(evidence).toBeCloseTo(31.637, 3);
  });

  it('say nothing while there are none', () => {
    expect(weighVotes({ baseline: 0, derivative: 0 })).toEqual({ decisive: 0, win_rate: null, interval: { low: 0, high: 1 }, evidence: 1, decided: null });
  });
});
