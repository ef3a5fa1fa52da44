import { estimate, pairOf, summaryOf, votes } from '../testing/summary';
import { figureRows } from './figure-rows';
import { sayEstimate, sayP, sayRatio, sayShare, sayWinRate } from './say-figures';

const named = (rows: ReturnType<typeof figureRows>) => Object.fromEntries(rows.map(({ name, cells }) => [name, cells.map(({ value }) => value)]));

describe('the figures of a run', () => {
  it('have the value, what it may be, and of how many values it is', () => {
    expect(sayEstimate(estimate(0.5), sayShare)).toEqual({ value: '50 %', note: '40 % to 60 % · n 20' });
    expect(sayEstimate({ value: 1.5, interval: null, n: 1 }, sayRatio, true)).toEqual({ value: '≥ 1.50×', note: 'n 1' });
    expect(sayEstimate(null, sayShare)).toEqual({ value: '–', note: '' });
  });

  it('stand by measure and model, without what nobody knows', () => {
    expect(named(figureRows(summaryOf()))).toEqual({
      ...{ 'Passed checks': ['50 %', '65 %'], 'Whole answer': ['1.5 s', '1.5 s'], 'First token': ['40 ms', '40 ms'], Characters: ['320', '320'] },
      ...{ 'Same answer': ['–', '25 %'], 'Length ratio': ['–', '1.50×'], Flips: ['–', '5 (25 %)'], McNemar: ['–', 'p 0.375'] },
    });
  });

  it('are corrected by Holm where several are compared', () => {
    const rows = named(figureRows(summaryOf(pairOf(), pairOf({ model: 'c', holm: 0.0004, divergence: estimate(0.05), votes }))));
    expect([rows['Holm'], rows['Divergence'], rows['Win rate']]).toEqual([
      ['–', 'p 0.375', 'p < 0.001'],
      ['–', '–', '≥ 0.0500'],
      ['–', '–', '75 %'],
    ]);
  });

  it('tell nothing of checks where nothing was judged', () => {
    const unjudged = pairOf({ flips: { count: 0, share: null, n: 0 }, mcnemar: { b: 0, c: 0, p: 1 } });
    expect(Object.keys(named(figureRows(summaryOf(unjudged, { ...unjudged, model: 'c' }))))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Flips|McNemar|Holm/)]),
    );
  });

  it('say what the judge found, and whether that decides', () => {
    expect(sayWinRate(votes).note).toBe('45 % to 95 % · 12 to 4, 4 ties · not decided');
    expect(sayWinRate({ ...votes, decided: 'derivative' }).note).toMatch(/decided for it$/);
    expect(sayWinRate({ ...votes, counts: { baseline: 0, derivative: 0, tie: 3 }, win_rate: null })).toEqual({
      value: 'ties alone',
      note: '0 to 0, 3 ties · not decided',
    });
    expect([sayP(0.109375), sayP(0.0009)]).toEqual(['0.109', '< 0.001']);
  });
});
