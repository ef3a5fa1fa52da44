import { type BlindChoice } from '@tandem/shared/contracts';
import { isForThePage, isTyping } from '@tandem/web/composer';
import { choiceOfKey } from '@tandem/web/kept/words';
import { type SideId, SIDES } from './side/sides';

/** What a key asks of the compare page. */
export type Shortcut =
  | { readonly does: 'stop' | 'stop-all' | 'write' }
  | { readonly does: 'focus' | 'widen'; readonly side: SideId }
  | { readonly does: 'vote'; readonly choice: BlindChoice };

/** Whatever sign the key types beside Alt. */
const SIDE_KEYS = new Map(SIDES.map(({ id }, at) => [`Digit${at + 1}`, id]));

export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (!isForThePage(event)) return undefined;
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (key === 'Escape' && !altKey && !ctrlKey && !metaKey) return { does: shiftKey ? 'stop-all' : 'stop' };
  const side = SIDE_KEYS.get(event.code);
  if (altKey && !ctrlKey && !metaKey && side) return { does: shiftKey ? 'widen' : 'focus', side };
  if (key === '/' && !altKey && !ctrlKey && !metaKey && !isTyping(event.target)) return { does: 'write' };
  const choice = voteOf(event);
  return choice && { does: 'vote', choice };
}

/** Which answer is better, by its digit alone; held down it says so once. */
export function voteOf(event: KeyboardEvent): BlindChoice | undefined {
  const { key, altKey, ctrlKey, metaKey, repeat, target } = event;
  // with Shift as well: some keyboards type digits so
  if (altKey || ctrlKey || metaKey || repeat || isTyping(target) || !isForThePage(event)) return undefined;
  return choiceOfKey(key);
}
