import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { type HistoryEntry } from './entry';
import { groupByDay } from './group-by-day';
import { HistorySidebar } from './history-sidebar';

const NOW = new Date(2026, 10, 20, 12).getTime();
const NAMES = { one: 'walk', many: 'walks', done: 'walked', notFound: 'No walk is called' };

function setup(entries: readonly HistoryEntry[], inputs: Record<string, unknown> = {}) {
  const fixture = TestBed.createComponent(HistorySidebar);
  for (const [name, value] of Object.entries({ names: NAMES, groups: groupByDay(entries, NOW), ...inputs })) fixture.componentRef.setInput(name, value);
  const told: unknown[] = [];
  for (const name of ['find', 'choose', 'rename', 'export', 'delete'] as const) fixture.componentInstance[name].subscribe((what) => told.push([name, what]));
  fixture.detectChanges();
  const page = fixture.nativeElement as HTMLElement;
  const find = <T extends Element>(selector: string): T => page.querySelector<T>(selector)!;
  /** Opens the menu of the first row and chooses there. */
  const choose = (label: string): void => {
    find<HTMLElement>('[aria-haspopup=menu]').click();
    fixture.detectChanges();
    [...page.querySelectorAll<HTMLElement>('[role=menuitem]')].find(({ textContent }) => textContent?.includes(label))?.click();
    fixture.detectChanges();
  };
  return { page, find, choose, told, fixture };
}

const walk = (id: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({ id, title: `Walk ${id}`, updatedAtMs: NOW, ...more });

describe('a history', () => {
  beforeEach(() => TestBed.configureTestingModule({ providers: [provideRouter([])] }));

  beforeAll(() => {
    // jsdom has no popovers: here its menu is always there
    Object.assign(HTMLElement.prototype, { showPopover: () => undefined, hidePopover: () => undefined });
  });

  it('stands under its days, each list under its own name', () => {
    const { page } = setup([walk('a'), walk('b', { updatedAtMs: NOW - 86_400_000 })]);
    const lists = [...page.querySelectorAll('ul')].map((list) => [
      page.querySelector(`#${list.getAttribute('aria-labelledby')}`)?.textContent,
      list.querySelector('.title')?.textContent,
    ]);
    expect(lists).toEqual([
      ['Today', 'Walk a'],
      ['Yesterday', 'Walk b'],
    ]);
  });

  it('leads to what has an address, and tells of what has none', () => {
    const { find, told } = setup([walk('a', { link: '/walks/a' })]);
    expect(find('a').getAttribute('href')).toBe('/walks/a');
    const other = setup([walk('b')]);
    other.find<HTMLButtonElement>('.opener').click();
    expect([told, other.told]).toEqual([[], [['choose', 'b']]]);
  });

  it('opens no other entry while something is in the way, and says what', () => {
    const { page } = setup([walk('a'), walk('b')], { shown: 'a', blocked: 'Somebody walks.' });
    const openers = [...page.querySelectorAll<HTMLButtonElement>('.opener')].map(({ disabled, title }) => [disabled, title]);
    expect(openers).toEqual([
      [false, 'Walk a'],
      [true, 'Somebody walks.'],
    ]);
  });

  it('gives an entry another name, and none where it stays or is empty', () => {
    const { choose, find, told, fixture } = setup([walk('a')]);
    for (const [text, key] of [
      ['Hill', 'Enter'],
      ['  ', 'Enter'],
      ['Other', 'Escape'],
    ] as const) {
      choose('Rename');
      const box = find<HTMLInputElement>('input[type=text]');
      expect(box.getAttribute('aria-label')).toBe('Name of the walk');
      box.value = text;
      box.dispatchEvent(new KeyboardEvent('keydown', { key }));
      fixture.detectChanges();
    }
    expect(told).toEqual([['rename', { id: 'a', title: 'Hill' }]]);
  });

  it.each<[string, unknown[]]>([
    ['Export as JSON', ['export', { id: 'a', as: 'json' }]],
    ['Export as Markdown', ['export', { id: 'a', as: 'markdown' }]],
    ['Delete', ['delete', 'a']],
  ])('tells its page to %s', (label, what) => {
    const { choose, told } = setup([walk('a')]);
    choose(label);
    expect(told).toEqual([what]);
  });

  it.each([
    ['', true, 'Walks appear here. This browser keeps them.'],
    ['hill', true, 'No walk is called “hill”.'],
    ['hill', false, undefined],
  ])('says what an empty list for "%s" means once all is searched', (query, isComplete, words) => {
    const { page } = setup([], { query, isComplete });
    expect(page.querySelector('.none')?.textContent?.trim()).toBe(words);
  });

  it('has no more rows than a list shows at first', () => {
    const { page } = setup(Array.from({ length: 200 }, (_, n) => walk(`${n}`)));
    expect(page.querySelectorAll('li')).toHaveLength(60);
  });
});
