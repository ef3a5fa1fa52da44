import type { JudgeVotes, PairMeasures, RunEstimate } from '@tandem/shared/contracts';

/** How a kind of value is written. */
export type Said = (value: number) => string;

export const sayShare: Said = (share) => `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
export const sayRatio: Said = (ratio) => `${ratio.toFixed(2)}×`;
export const sayNats: Said = (nats) => nats.toFixed(Math.abs(nats) < 0.1 ? 4 : 3);
export const sayPlain: Said = (value) => value.toLocaleString('en', value < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 });

/** A figure as a cell has it: the value, and below it what it may be and of how many values it is. */
export interface Figure {
  readonly value: string;
  readonly note: string;
}

export const NOTHING: Figure = { value: '–', note: '' };

/** A lower bound says so with `isLeast`. */
export function sayEstimate(estimate: RunEstimate | null, say: Said, isLeast = false): Figure {
  if (estimate === null) return NOTHING;
  const { value, interval, n } = estimate;
  const span = interval ? [`${say(interval.low)} to ${say(interval.high)}`] : [];
  return { value: `${isLeast ? '≥ ' : ''}${say(value)}`, note: [...span, `n ${n.toLocaleString('en')}`].join(' · ') };
}

/** "0.109"; of what is smaller than can be told, that it is. */
export function sayP(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

export function sayFlips({ count, share, n }: PairMeasures['flips']): Figure {
  if (n === 0) return NOTHING;
  return { value: `${count.toLocaleString('en')}${share === null ? '' : ` (${sayShare(share)})`}`, note: `n ${n.toLocaleString('en')}` };
}

export function sayMcnemar({ b, c, p }: PairMeasures['mcnemar'], n: number): Figure {
  if (n === 0) return NOTHING;
  return { value: `p ${sayP(p)}`, note: `${b} to ${c}` };
}

export function sayWinRate(votes: JudgeVotes | null): Figure {
  if (votes === null) return NOTHING;
  const { counts, win_rate, interval, decided } = votes;
  const span = `${sayShare(interval.low)} to ${sayShare(interval.high)}`;
  const verdict = decided === null ? 'not decided' : `decided for ${decided === 'baseline' ? 'the baseline' : 'it'}`;
  return {
    value: win_rate === null ? 'ties alone' : sayShare(win_rate),
    note: [...(win_rate === null ? [] : [span]), `${counts.derivative} to ${counts.baseline}, ${counts.tie} ties`, verdict].join(' · '),
  };
}
