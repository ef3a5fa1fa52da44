import { TestBed } from '@angular/core/testing';
import type { RunSummary } from '@tandem/shared/contracts';
import { estimate, pairOf, summaryOf, votes } from '../testing/summary';
import { FigureTable } from './figure-table';
import { RunPictures } from './pictures';

async function shown(summary: RunSummary, more: { at?: number; isScored?: boolean } = {}): Promise<HTMLElement> {
  const fixture = TestBed.createComponent(RunPictures);
  for (const [name, value] of Object.entries({ summary, titleOf: (id: string) => `Model ${id}`, ...more })) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

const wordsOf = (host: HTMLElement, figure: number): string[] =>
  [...(host.querySelectorAll('figure')[figure]?.querySelectorAll('li, .none') ?? [])].map((each) => each.textContent?.trim().replace(/\s+/g, ' ') ?? '');

describe('the pictures of a run', () => {
  it('say in words all that they show', async () => {
    const spread = { bin_width: 0.2, counts: [8, 1, 0, 0, 0, 0, 0, 0, 0, 1] };
    const host = await shown(summaryOf(pairOf({ votes, divergence: estimate(0.3), divergence_histogram: spread })), { isScored: true });
    expect(wordsOf(host, 0)).toEqual(['■ 50 % passed, Model a', '● 65 % passed, Model b', '● 75 % preferred by the judge']);
    expect(wordsOf(host, 1)).toEqual(['■ 4 right with Model a alone', '● 1 right with Model b alone', '5 of 20 flip · McNemar p 0.375']);
    expect(wordsOf(host, 2).slice(0, 2)).toEqual(['mean ≥ 0.300', '0.0000 to 0.200 nats: 8']);
    expect([...host.querySelectorAll('svg')].every((picture) => picture.getAttribute('aria-hidden') === 'true')).toBe(true);
  });

  it('have intervals as wide as they are', async () => {
    const host = await shown(summaryOf());
    const [of] = host.querySelectorAll('line.span');
    // 40 to 60 % of the 384 units between the edges
    expect([of?.getAttribute('x1'), of?.getAttribute('x2')].map(Number)).toEqual([8 + 0.4 * 384, 8 + 0.6 * 384].map((x) => expect.closeTo(x, 6)));
  });

  it('have bars as long as their counts', async () => {
    const [, flips] = (await shown(summaryOf())).querySelectorAll('svg');
    const [left, right] = [...(flips?.querySelectorAll('rect') ?? [])].map((bar) => Number(bar.getAttribute('width')));
    expect((left ?? 0) / (right ?? 1)).toBeCloseTo(4, 6);
  });

  it('are of the variant that is chosen, corrected for all', async () => {
    const host = await shown(summaryOf(pairOf(), pairOf({ model: 'c', mcnemar: { b: 9, c: 0, p: 0.004 }, holm: 0.008 })), { at: 1 });
    expect(wordsOf(host, 1)).toEqual(['■ 9 right with Model a alone', '● 0 right with Model c alone', '5 of 20 flip · McNemar p 0.004, by Holm 0.008']);
  });

  it('say why there is nothing to see', async () => {
    const { measures, ...rest } = summaryOf(pairOf({ flips: { count: 0, share: null, n: 0 } }));
    const host = await shown({ ...rest, measures: measures.map((side) => ({ ...side, pass_rate: null })) });
    expect([0, 1, 2].flatMap((at) => wordsOf(host, at))).toEqual([
      'The prompts have no checks that could be told, and no judge.',
      'Nothing was judged on both sides so far.',
      'This run does not measure divergence.',
    ]);
    expect(wordsOf(await shown(summaryOf(), { isScored: true }), 2)).toEqual(['Nothing was scored so far.']);
  });
});

it('the table of figures has a column for each model', async () => {
  const fixture = TestBed.createComponent(FigureTable);
  fixture.componentRef.setInput('summary', summaryOf());
  fixture.componentRef.setInput('titleOf', (id: string) => `Model ${id}`);
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  expect([...host.querySelectorAll('thead th')].map((cell) => cell.textContent)).toEqual(['Figure', 'Model a', 'Model b']);
  expect([...host.querySelectorAll('tbody tr')].every((row) => row.children.length === 3)).toBe(true);
});
