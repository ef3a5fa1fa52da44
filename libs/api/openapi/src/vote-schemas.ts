import { PAIR_SIDES, type VoteSummary } from '@tandem/shared/contracts';
import { count, number, oneOfOrNull, orNull, record, type SchemaObject, share } from './schema';

type Weight = Pick<VoteSummary, 'decisive' | 'win_rate' | 'interval' | 'evidence' | 'decided'>;

/** What votes on a pair weigh, people's or a judge's. @param title of the interval's schema */
export function weightOf(title: string, { decisive, win_rate, interval, evidence, decided }: Weight): Record<keyof Weight, SchemaObject> {
  return {
    decisive: count(decisive, 'Votes for one of the two'),
    win_rate: orNull(share(win_rate ?? 0), "The derivative's share of those; null while there are none"),
    interval: record(title, { low: share(interval.low), high: share(interval.high) }, { description: 'Of that share: at 95 %, and valid after every vote' }),
    evidence: number(evidence, 'Against "both are equally good"; it may be looked at after every vote, and 20 decides'),
    decided: oneOfOrNull(PAIR_SIDES, decided),
  };
}

/** Votes of people that are easy to check: 10 for the baseline, 30 for the derivative. */
export const PEOPLES_WEIGHT: Weight = { decisive: 40, win_rate: 0.75, interval: { low: 0.5117, high: 0.9144 }, evidence: 31.637, decided: 'derivative' };

export const NEEDED_MORE = orNull(count(0), 'About how many more decisive votes it takes if they go on as they did; null where that cannot be told');

/** What people voted on a pair. */
export const peoplesCounts = (title: string): SchemaObject => record(title, { baseline: count(10), derivative: count(30), tie: count(15), both_bad: count(5) });
