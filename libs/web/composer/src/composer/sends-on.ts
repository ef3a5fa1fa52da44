/** Which keys send a prompt: Enter alone, with Shift+Enter for a new line, or Ctrl+Enter (⌘ on a Mac), with Enter for one. */
export type SendsOn = 'enter' | 'control-enter';

/** Whether a key sends. While an input method composes, every key belongs to it. */
export function isSending(event: KeyboardEvent, sendsOn: SendsOn): boolean {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return false;
  const isWithControl = event.ctrlKey || event.metaKey;
  return sendsOn === 'control-enter' ? isWithControl : isWithControl || !(event.shiftKey || event.altKey);
}
