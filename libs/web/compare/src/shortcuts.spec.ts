import { type Shortcut, shortcutOf } from './shortcuts';

const press = (init: KeyboardEventInit, target: Element = document.body): Shortcut | undefined => {
  let shortcut: Shortcut | undefined;
  target.addEventListener('keydown', (event) => (shortcut = shortcutOf(event as KeyboardEvent)), { once: true });
  target.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true }));
  return shortcut;
};

describe('shortcutOf', () => {
  afterEach(() => document.body.replaceChildren());

  it.each<[string, KeyboardEventInit, Shortcut | undefined]>([
    ['Escape', { key: 'Escape' }, { does: 'stop' }],
    ['Shift+Escape', { key: 'Escape', shiftKey: true }, { does: 'stop-all' }],
    ['Ctrl+Escape', { key: 'Escape', ctrlKey: true }, undefined],
    ['Alt+1', { key: '1', code: 'Digit1', altKey: true }, { does: 'focus', side: 'baseline' }],
    ['Alt+2', { key: '2', code: 'Digit2', altKey: true }, { does: 'focus', side: 'derivative' }],
    ['Alt+Shift+2', { key: '"', code: 'Digit2', altKey: true, shiftKey: true }, { does: 'widen', side: 'derivative' }],
    ['Option+1, which types another sign on a Mac', { key: '¡', code: 'Digit1', altKey: true }, { does: 'focus', side: 'baseline' }],
    ['Ctrl+Alt+1, which types a sign on some keyboards', { key: '1', code: 'Digit1', altKey: true, ctrlKey: true }, undefined],
    ['1', { key: '1', code: 'Digit1' }, { does: 'vote', choice: 'left' }],
    ['Shift+é, which types a 2 on some keyboards', { key: '2', code: 'Digit2', shiftKey: true }, { does: 'vote', choice: 'right' }],
    ['0', { key: '0' }, { does: 'vote', choice: 'tie' }],
    ['9', { key: '9' }, { does: 'vote', choice: 'both_bad' }],
    ['3', { key: '3' }, undefined],
    ['1 held down', { key: '1', repeat: true }, undefined],
    ['Ctrl+1', { key: '1', ctrlKey: true }, undefined],
    ['1 while an input method composes', { key: '1', isComposing: true }, undefined],
    ['/', { key: '/' }, { does: 'write' }],
    ['Ctrl+/', { key: '/', ctrlKey: true }, undefined],
    ['Escape while an input method composes', { key: 'Escape', isComposing: true }, undefined],
  ])('reads %s', (_, init, shortcut) => {
    expect(press(init)).toEqual(shortcut);
  });

  it('leaves a slash to the field it is typed into', () => {
    const field = document.body.appendChild(document.createElement('textarea'));
    expect(press({ key: '/' }, field)).toBeUndefined();
    expect(press({ key: 'Escape' }, field)).toEqual({ does: 'stop' });
  });

  it.each(['textarea', 'input', 'select'])('leaves a digit to the %s it is typed into', (name) => {
    const field = document.body.appendChild(document.createElement(name));
    expect(press({ key: '1' }, field)).toBeUndefined();
  });

  it('leaves every key to an open dialog', () => {
    document.body.appendChild(document.createElement('dialog')).setAttribute('open', '');
    expect(press({ key: 'Escape' })).toBeUndefined();
  });
});
