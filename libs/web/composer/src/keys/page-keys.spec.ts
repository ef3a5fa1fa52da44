import { isForThePage, isTyping } from './page-keys';

const press = (init: KeyboardEventInit & { keyCode?: number } = {}): KeyboardEvent => new KeyboardEvent('keydown', { key: '/', cancelable: true, ...init });

function element(html: string): Element {
  document.body.innerHTML = html;
  return document.body.firstElementChild as Element;
}

// jsdom knows no popovers, and refuses the word
const matchesNothing = (): void => {
  const query = document.querySelector.bind(document);
  document.querySelector = ((selector: string) => query(selector.replace(', :popover-open', ''))) as typeof document.querySelector;
};

describe('isForThePage', () => {
  beforeAll(matchesNothing);
  afterEach(() => (document.body.innerHTML = ''));

  it('is a plain key', () => expect(isForThePage(press())).toBe(true));

  it.each([
    ['while an input method composes', { isComposing: true }],
    ['as older browsers say the same', { keyCode: 229 }],
  ])('is none %s', (_, init) => expect(isForThePage(press(init))).toBe(false));

  it('is none that something else has taken', () => {
    const event = press();
    event.preventDefault();
    expect(isForThePage(event)).toBe(false);
  });

  it('is none while something lies open above the page', () => {
    element('<dialog open></dialog>');
    expect(isForThePage(press())).toBe(false);
  });
});

describe('isTyping', () => {
  it.each([
    ['<textarea></textarea>', true],
    ['<input type="search" />', true],
    ['<p contenteditable></p>', true],
    ['<select></select>', true],
    ['<input type="radio" />', false],
    ['<button></button>', false],
  ])('in %s: %s', (html, expected) => expect(isTyping(element(html))).toBe(expected));

  it('is nobody where there is no element', () => expect(isTyping(null)).toBe(false));
});
