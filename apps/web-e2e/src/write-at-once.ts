import type { Locator } from 'playwright-core';

/** Puts a text into a box in one step, as an input event: Chromium takes half a minute to type a thousand lines. */
export const writeAtOnce = (box: Locator, text: string): Promise<void> =>
  box.evaluate((field: HTMLTextAreaElement, value) => {
    field.focus();
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, text);
