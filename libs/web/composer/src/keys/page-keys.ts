/**
 * Whether a key press is meant for the page. While an input method composes, every key belongs to it; and what lies open
 * above the page keeps the keys to itself, also in the moment before the focus has moved into it.
 */
export function isForThePage(event: KeyboardEvent): boolean {
  return !(event.isComposing || event.keyCode === 229 || event.defaultPrevented || isSomethingOpen());
}

/** Whether keys write something there. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input:not([type=radio]), textarea, select, [contenteditable]');
}

function isSomethingOpen(): boolean {
  return document.querySelector('dialog[open], :popover-open') !== null;
}
