import { type Side } from './pane/sides';

/** What a key asks of the compare page. */
export type Shortcut = { readonly does: 'stop' | 'stop-all' | 'write' } | { readonly does: 'focus'; readonly side: Side };

const SIDE_KEYS: Readonly<Record<string, Side>> = { Digit1: 'baseline', Digit2: 'derived' };

export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  // while an input method composes, every key belongs to it; and what lies open above the page keeps the keys to itself,
  // also in the moment before the focus has moved into it
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || isSomethingOpen()) return undefined;
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (key === 'Escape' && !altKey && !ctrlKey && !metaKey) return { does: shiftKey ? 'stop-all' : 'stop' };
  const side = SIDE_KEYS[event.code];
  if (altKey && !ctrlKey && !metaKey && side) return { does: 'focus', side };
  if (key === '/' && !altKey && !ctrlKey && !metaKey && !isTyping(event.target)) return { does: 'write' };
  return undefined;
}

function isSomethingOpen(): boolean {
  return document.querySelector('dialog[open], :popover-open') !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, [contenteditable]');
}
