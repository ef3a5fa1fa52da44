import type { SendsOn } from '@tandem/web/design';

export type { SendsOn };

/** Whether a key sends. While an input method composes, every key belongs to it. */
export function isSending(event: KeyboardEvent, sendsOn: SendsOn): boolean {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return false;
  const isWithControl = event.ctrlKey || event.metaKey;
  return sendsOn === 'control-enter' ? isWithControl : isWithControl || !(event.shiftKey || event.altKey);
}
