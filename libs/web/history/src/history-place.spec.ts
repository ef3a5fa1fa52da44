import { signal } from '@angular/core';
import { HistoryPlace } from './history-place';

/** A page of which the drawer is a bare element: what a browser does with it, the test says. */
function setup(isNarrow: boolean) {
  let change = (_: { matches: boolean }): void => undefined;
  globalThis.matchMedia = (() => ({ matches: isNarrow, addEventListener: (_: string, listener: typeof change) => (change = listener) })) as never;
  const drawer = document.createElement('aside');
  const asked: string[] = [];
  Object.assign(drawer, { togglePopover: () => asked.push('toggle'), hidePopover: () => asked.push('hide') });
  const isHidden = signal(false);
  const place = new HistoryPlace(800, { isHidden, hide: (hidden) => isHidden.set(hidden) });
  place.attach(drawer);
  const tell = (newState: string, target: EventTarget = drawer): void => place.follow({ target, newState } as unknown as Event);
  return { place, asked, tell, isHidden, widen: (matches: boolean) => change({ matches }) };
}

describe('the place of a history', () => {
  it('is beside a wide page until it is put away, which is told to who keeps it', () => {
    const { place, asked, isHidden } = setup(false);
    expect([place.isAway(), place.isPutAway()]).toEqual([false, false]);
    place.toggle();
    expect([place.isAway(), place.isPutAway(), isHidden(), asked]).toEqual([true, true, true, []]);
  });

  it('is over a narrow page while the browser shows it', () => {
    const { place, asked, tell } = setup(true);
    place.uncover();
    place.toggle();
    tell('open');
    expect([place.isAway(), asked]).toEqual([false, ['toggle']]);
    place.uncover();
    tell('closed');
    expect([place.isAway(), asked]).toEqual([true, ['toggle', 'hide']]);
  });

  it('hears of no menu that opens inside', () => {
    const { place, tell } = setup(true);
    tell('open', document.createElement('div'));
    expect(place.isAway()).toBe(true);
  });

  it('changes with the width', () => {
    const { place, widen } = setup(true);
    widen(false);
    expect([place.isNarrow(), place.isAway()]).toEqual([false, false]);
  });
});
