import { isSending, type SendsOn } from './sends-on';

const press = (init: KeyboardEventInit & { keyCode?: number }): KeyboardEvent => new KeyboardEvent('keydown', init);

describe('isSending', () => {
  it.each<[SendsOn, KeyboardEventInit & { keyCode?: number }, boolean]>([
    ['enter', { key: 'Enter' }, true],
    ['enter', { key: 'Enter', ctrlKey: true }, true],
    ['enter', { key: 'Enter', shiftKey: true }, false],
    ['enter', { key: 'Enter', altKey: true }, false],
    ['enter', { key: 'Enter', isComposing: true }, false],
    ['enter', { key: 'Enter', keyCode: 229 }, false],
    ['enter', { key: 'a' }, false],
    ['control-enter', { key: 'Enter' }, false],
    ['control-enter', { key: 'Enter', ctrlKey: true }, true],
    ['control-enter', { key: 'Enter', metaKey: true }, true],
    ['control-enter', { key: 'Enter', ctrlKey: true, isComposing: true }, false],
  ])('on %s: %j sends: %s', (sendsOn, init, expected) => {
    expect(isSending(press(init), sendsOn)).toBe(expected);
  });
});
