import { TestBed } from '@angular/core/testing';
import { Layout } from './layout';

function openPage(): Layout {
  TestBed.resetTestingModule();
  return TestBed.inject(Layout);
}

describe('Layout', () => {
  beforeEach(() => localStorage.clear());

  it.each([
    [0.5, 0.5, undefined],
    [0.62, 0.62, undefined],
    [0.1, 0, 'baseline'],
    [0.9, 1, 'derivative'],
  ])('at %s has the line at %s, and folds %s away', (split, is, folded) => {
    const layout = openPage();
    layout.setSplit(split);
    expect([layout.split(), layout.folded()]).toEqual([is, folded]);
  });

  it('gives a pane the width, and both their halves again', () => {
    const layout = openPage();
    layout.widen('derivative');
    expect(layout.folded()).toBe('baseline');
    layout.widen('baseline');
    expect(layout.folded()).toBe('derivative');
    layout.widen('baseline');
    expect(layout.split()).toBe(0.5);
  });

  it('outlives the page', () => {
    const layout = openPage();
    layout.setSplit(0.7);
    layout.isStacked.set(true);
    TestBed.tick();
    const later = openPage();
    expect([later.split(), later.isStacked(), later.isHistoryShown()]).toEqual([0.7, true, false]);
  });

  it.each(['not JSON', '{"split":7}', '{"split":"wide"}', 'null'])('is plain where %s was kept', (kept) => {
    localStorage.setItem('tandem.compare.layout', kept);
    expect(openPage().split()).toBe(0.5);
  });
});
