import { isForThePage, isTyping } from '@tandem/web/composer';
import { type Side } from './pane/sides';

/** What a key asks of the compare page. */
export type Shortcut = { readonly does: 'stop' | 'stop-all' | 'write' } | { readonly does: 'focus'; readonly side: Side };

const SIDE_KEYS: Readonly<Record<string, Side>> = { Digit1: 'baseline', Digit2: 'derivative' };

export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (!isForThePage(event)) return undefined;
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (key === 'Escape' && !altKey && !ctrlKey && !metaKey) return { does: shiftKey ? 'stop-all' : 'stop' };
  const side = SIDE_KEYS[event.code];
  if (altKey && !ctrlKey && !metaKey && side) return { does: 'focus', side };
  if (key === '/' && !altKey && !ctrlKey && !metaKey && !isTyping(event.target)) return { does: 'write' };
  return undefined;
}
