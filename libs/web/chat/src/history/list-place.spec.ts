import { ListPlace } from './list-place';

/** A page of which the drawer is a bare element: what a browser does with it, the test says. */
function setup(isNarrow: boolean) {
  let change = (_: { matches: boolean }): void => undefined;
  globalThis.matchMedia = (() => ({ matches: isNarrow, addEventListener: (_: string, listener: typeof change) => (change = listener) })) as never;
  const drawer = document.createElement('aside');
  const asked: string[] = [];
  Object.assign(drawer, { togglePopover: () => asked.push('toggle'), hidePopover: () => asked.push('hide') });
  const place = new ListPlace(() => drawer);
  const tell = (newState: string, target: EventTarget = drawer): void => place.follow({ target, newState } as unknown as Event);
  return { place, asked, tell, widen: (matches: boolean) => change({ matches }) };
}

describe('the place of the list of conversations', () => {
  beforeEach(() => localStorage.clear());

  it('is beside a wide page until it is put away, which is remembered', () => {
    const { place, asked } = setup(false);
    expect([place.isAway(), place.isPutAway()]).toEqual([false, false]);
    place.toggle();
    expect([place.isAway(), place.isPutAway(), asked]).toEqual([true, true, []]);
    expect(setup(false).place.isAway()).toBe(true);
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
