import { TestBed } from '@angular/core/testing';
import type { RunItem } from '@tandem/shared/contracts';
import { type ItemList } from '@tandem/web/data-access';
import { answerOf, FAILED, itemOf } from '../testing/item';
import { ItemRows } from './item-rows';
import { ItemTable } from './item-table';

async function setup(items: readonly RunItem[], more: { isScored?: boolean; at?: number } = {}) {
  const asked: ItemList[] = [];
  const rows = new ItemRows({ items: async (_: string, list: ItemList) => (asked.push(list), { items, next_cursor: null }) }, 'run');
  await rows.refresh();
  const fixture = TestBed.createComponent(ItemTable);
  for (const [name, value] of Object.entries({ rows, total: items.length, ...more })) fixture.componentRef.setInput(name, value);
  const opened: number[] = [];
  fixture.componentInstance.open.subscribe((index) => opened.push(index));
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  const lines = () => [...host.querySelectorAll<HTMLElement>('.row')];
  const cells = (row = 0) => [...(lines()[row]?.querySelectorAll('[role=cell]') ?? [])].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim());
  const choose = async (label: string, index: number): Promise<void> => {
    const select = [...host.querySelectorAll('label')].find((each) => each.textContent?.trim().startsWith(label))?.querySelector('select');
    if (select) select.selectedIndex = index;
    select?.dispatchEvent(new Event('change'));
    await fixture.whenStable();
  };
  return { asked, opened, fixture, host, lines, cells, choose };
}

const PAIR = { baseline: answerOf('The cat sat', true), derivative: answerOf('The dog sat', false) };

describe('ItemTable', () => {
  it('has a cell for each thing that is told of an item', async () => {
    const { cells, host } = await setup([itemOf('a', PAIR)], { isScored: true });
    expect(cells()).toEqual([
      ...['Prompt a', 'Baseline: The cat sat Two Delta: The dog sat', 'word 2', expect.stringMatching(/^$|%/), '1.20×'],
      ...['Baseline passed. Two Delta not passed. flip', '1.150', '1.3 s', '7 to 7'],
    ]);
    expect(host.querySelectorAll('[role=columnheader]')).toHaveLength(cells().length);
  });

  it('tells nothing of divergence where none is measured', async () => {
    const { cells, host } = await setup([itemOf('a', PAIR)]);
    expect([cells().length, host.querySelectorAll('[role=columnheader]').length]).toEqual([8, 8]);
  });

  it('says why a side has no answer, and what was not asked yet', async () => {
    const { cells } = await setup([itemOf('a', { baseline: FAILED, derivative: answerOf('b') }), itemOf('b', {}, { state: 'queued' })]);
    expect([cells(0)[1], cells(1)[1]]).toEqual(['Baseline: It took too long. Two Delta: b', 'still to be asked']);
  });

  it('makes no more rows than are in view and some beyond, and has room for all', async () => {
    const { lines, host } = await setup(Array.from({ length: 10_000 }, (_, at) => itemOf(`${at}`, PAIR)));
    expect(lines().length).toBeLessThan(60);
    expect(host.querySelector('[role=table]')?.getAttribute('aria-rowcount')).toBe('10001');
    const room = [...host.querySelectorAll<HTMLElement>('[role=rowgroup]')].at(-1)?.style.paddingBottom ?? '';
    expect(Number.parseFloat(room)).toBe((10_000 - lines().length) * 64);
  });

  it('asks the server for another order and for fewer', async () => {
    const { asked, choose } = await setup([itemOf('a', PAIR)]);
    await choose('Sort by', 1);
    await choose('Show', 1);
    expect(asked.slice(1)).toEqual([
      { sort: 'divergence', filter: undefined },
      { sort: 'divergence', filter: 'flips' },
    ]);
  });

  it('says that nothing is like that', async () => {
    const { choose, host } = await setup([]);
    await choose('Show', 1);
    expect(host.querySelector('.none')?.textContent).toMatch(/^No item is like that: both sides/);
  });

  it('opens a row, by pointer and by key', async () => {
    const { opened, lines } = await setup([itemOf('a', PAIR), itemOf('b', PAIR)]);
    lines()[1]?.click();
    lines()[0]?.querySelector('button')?.click();
    expect(opened).toEqual([1, 0]);
  });

  it('steps from row to row by arrow keys', async () => {
    const { lines, fixture } = await setup([itemOf('a', PAIR), itemOf('b', PAIR)]);
    document.body.append(fixture.nativeElement as HTMLElement);
    Element.prototype.scrollIntoView = () => undefined;
    const button = (row: number) => lines()[row]?.querySelector('button');
    button(0)?.focus();
    button(0)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    expect(document.activeElement).toBe(button(1));
    button(1)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    expect(document.activeElement).toBe(button(0));
  });

  it('compares the variant that is chosen', async () => {
    const variants = [answerOf('The cat sat'), answerOf('The dog sat'), answerOf('The cat lay')];
    expect([(await setup([itemOf('a', variants)])).cells()[2], (await setup([itemOf('a', variants)], { at: 1 })).cells()[2]]).toEqual(['word 2', 'word 3']);
  });
});
