import { MarkdownView } from './markdown-view';
import * as renderer from './render-block';

type Told = (entries: readonly Pick<IntersectionObserverEntry, 'target' | 'isIntersecting'>[]) => void;

/** Stands for the browser's: tells what is near when the test says so. */
class Nearness {
  static last: Nearness;
  readonly observed = new Set<Element>();

  constructor(private readonly tell: Told) {
    Nearness.last = this;
  }

  observe = (element: Element): void => void this.observed.add(element);
  unobserve = (element: Element): void => void this.observed.delete(element);
  disconnect = (): void => this.observed.clear();

  comesNear(target: Element): void {
    this.tell([{ target, isIntersecting: true }]);
  }
}

const LONG = Array.from({ length: 1_000 }, (_, n) => `Part *${n}*.\n\n`).join('');

function setup(text: string) {
  const host = document.createElement('div');
  const view = new MarkdownView(host, renderer, { nowMs: () => 0, later: (work) => work() });
  view.show(text, true);
  return { host, view, rendered: () => host.querySelectorAll('em').length };
}

describe('a long text that comes whole', () => {
  beforeAll(() => Object.assign(globalThis, { IntersectionObserver: Nearness }));
  afterAll(() => Reflect.deleteProperty(globalThis, 'IntersectionObserver'));

  it('is there at once, and rendered at its beginning', () => {
    const { host, rendered } = setup(LONG);
    expect(host.textContent).toContain('Part *999*.');
    expect(rendered()).toBe(200);
  });

  it('is rendered where it comes near, once', () => {
    const { host, rendered } = setup(LONG);
    const last = host.lastElementChild as Element;
    Nearness.last.comesNear(last);
    expect(last.querySelectorAll('em').item(0).textContent).toMatch(/^\d+$/);
    expect(host.textContent).toContain('Part 999.');
    expect(rendered()).toBeGreaterThan(200);
    expect(Nearness.last.observed).not.toContain(last);
  });

  it('loses nothing when all of it was near', () => {
    const { rendered } = setup(LONG);
    for (const element of [...Nearness.last.observed]) Nearness.last.comesNear(element);
    expect(rendered()).toBe(1_000);
  });

  it('is watched no more when it goes', () => {
    const { view } = setup(LONG);
    view.close();
    expect(Nearness.last.observed.size).toBe(0);
  });
});
