import { TestBed } from '@angular/core/testing';
import { type VoteSummary } from '@tandem/shared/contracts';
import { Votes } from '@tandem/web/data-access/kept';
import { VoteReadout } from './vote-readout';

const SUMMARY: VoteSummary = {
  counts: { baseline: 1, derivative: 3, tie: 0, both_bad: 0 },
  decisive: 4,
  win_rate: 0.75,
  interval: { low: 0.2, high: 1 },
  evidence: 2,
  decided: null,
  needed_more: 12,
};

async function setup() {
  const asked: { readonly pair: string; readonly answer: (summary: VoteSummary) => void }[] = [];
  const summary = (baseline: string, derivative: string) => new Promise<VoteSummary>((answer) => asked.push({ pair: `${baseline} ${derivative}`, answer }));
  TestBed.configureTestingModule({ providers: [{ provide: Votes, useValue: { summary } }] });
  const fixture = TestBed.createComponent(VoteReadout);
  const give = async (inputs: Record<string, unknown>): Promise<void> => {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  };
  await give({ baseline: 'a', derivative: 'b' });
  const answer = async (): Promise<void> => {
    asked.at(-1)?.answer(SUMMARY);
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  const said = (): string => (fixture.nativeElement as HTMLElement).textContent ?? '';
  return { give, answer, said, pairs: () => asked.map(({ pair }) => pair) };
}

describe('what all votes on a pair come to', () => {
  it('is not said of another pair, however long its own votes take to come', async () => {
    const { give, answer, said } = await setup();
    await answer();
    expect(said()).toContain('Two Delta better in 75 %');
    await give({ derivative: 'c' });
    expect(said()).not.toContain('75 %');
    await answer();
    expect(said()).toContain('Two Delta better in 75 %');
  });

  it('stays while it is asked for again with a vote', async () => {
    const { give, answer, said, pairs } = await setup();
    await answer();
    await give({ cast: 1 });
    expect(said()).toContain('75 %');
    expect(pairs()).toEqual(['a b', 'a b']);
  });
});
