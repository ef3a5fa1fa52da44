import type { VoteSummary } from '@tandem/shared/contracts';
import type { VoteCounts } from './exported';

const CHOICES: readonly (readonly [keyof VoteCounts, string])[] = [
  ['baseline', 'for the baseline'],
  ['derivative', 'for the derivative'],
  ['tie', 'for a tie'],
  ['both_bad', 'that both are bad'],
];

/** The votes on a turn; empty where there are none. */
export function turnVotesText(counts: VoteCounts): string {
  return CHOICES.filter(([choice]) => counts[choice] > 0)
    .map(([choice, meaning]) => `${counts[choice]} ${meaning}`)
    .join(', ');
}

/** What the votes on a pair come to; empty where there are none. */
export function pairVotesText({ counts, decisive, win_rate, interval, evidence, decided, needed_more }: VoteSummary): string {
  const all = turnVotesText(counts);
  if (all === '' || win_rate === null) return all;
  const share = `the derivative won ${percent(win_rate)} of ${decisive} [${percent(interval.low)} to ${percent(interval.high)}]`;
  const more = needed_more === null ? '' : `, about ${needed_more} more decisive votes if they go on like this`;
  return `${all}; ${share}; ${decided === null ? `not decided yet${more}` : `decided for the ${decided}`} (evidence ${figure(evidence)}, 20 decides)`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function figure(value: number): string {
  return value >= 1e6 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}
