import { isForThePage, isTyping } from '@tandem/web/composer';
import { type SideId, SIDES } from './side/sides';

/** What a key asks of the compare page. */
export type Shortcut = { readonly does: 'stop' | 'stop-all' | 'write' } | { readonly does: 'focus' | 'widen'; readonly side: SideId };

/** Whatever sign the key types beside Alt. */
const SIDE_KEYS = new Map(SIDES.map(({ id }, at) => [`Digit${at + 1}`, id]));

export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (!isForThePage(event)) return undefined;
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (key === 'Escape' && !altKey && !ctrlKey && !metaKey) return { does: shiftKey ? 'stop-all' : 'stop' };
  const side = SIDE_KEYS.get(event.code);
  if (altKey && !ctrlKey && !metaKey && side) return { does: shiftKey ? 'widen' : 'focus', side };
  if (key === '/' && !altKey && !ctrlKey && !metaKey && !isTyping(event.target)) return { does: 'write' };
  return undefined;
}
