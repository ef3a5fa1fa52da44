import { type VoteSummary } from '@tandem/shared/contracts';
import { saySummary } from './say-summary';

const summary = (more: Partial<VoteSummary>): VoteSummary => ({
  counts: { baseline: 10, derivative: 30, tie: 15, both_bad: 5 },
  ...{ decisive: 40, win_rate: 0.75, interval: { low: 0.5117, high: 0.9144 }, evidence: 31.6, decided: 'derivative', needed_more: 0 },
  ...more,
});
const NONE = { baseline: 0, derivative: 0, tie: 0, both_bad: 0 };

describe('what votes come to', () => {
  it.each([
    ['nothing yet', summary({ counts: NONE, decisive: 0, win_rate: null, decided: null, needed_more: null }), 'no votes yet'],
    ['a decision', summary({}), '60 votes · Two Delta better in 75 % (51 % to 91 %) · decided: Two Delta is better'],
    ['a decision for the other', summary({ decided: 'baseline', win_rate: 0.25 }), /decided: Baseline is better$/],
    ['something open', summary({ decided: null, needed_more: 1_200 }), /not decided: about 1,200 more votes, if they go on so$/],
    ['something nearly told', summary({ decided: null, needed_more: 1 }), /about 1 more vote,/],
    ['a draw', summary({ decided: null, needed_more: null, win_rate: 0.5 }), /not decided: as many for the one as for the other$/],
    ['ties alone', summary({ counts: { ...NONE, tie: 1 }, decisive: 0, win_rate: null, decided: null, needed_more: null }), '1 vote · none for either side'],
  ])('%s', (_, given, words) => {
    const said = saySummary(given).join(' · ');
    if (typeof words === 'string') expect(said).toBe(words);
    else expect(said).toMatch(words);
  });
});
