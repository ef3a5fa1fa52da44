import { type VoteSummary } from '@tandem/shared/contracts';

/** What votes on a pair come to, in a few words, each on its own. */
export function saySummary({ counts, decisive, win_rate, interval, decided, needed_more }: VoteSummary): readonly string[] {
  const all = decisive + counts.tie + counts.both_bad;
  if (all === 0) return ['no votes yet'];
  const votes = all === 1 ? '1 vote' : `${all.toLocaleString('en')} votes`;
  if (win_rate === null) return [votes, 'none for either side'];
  const rate = `Two Delta better in ${percent(win_rate)} (${percent(interval.low)} to ${percent(interval.high)})`;
  return [votes, rate, sayVerdict(decided, needed_more)];
}

function sayVerdict(decided: VoteSummary['decided'], neededMore: number | null): string {
  if (decided !== null) return `decided: ${decided === 'baseline' ? 'Baseline' : 'Two Delta'} is better`;
  if (neededMore === null) return 'not decided: as many for the one as for the other';
  return neededMore === 0
    ? 'not decided yet'
    : `not decided: about ${neededMore.toLocaleString('en')} more ${neededMore === 1 ? 'vote' : 'votes'}, if they go on so`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
