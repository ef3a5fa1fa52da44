import { type Page } from 'playwright-core';

/** What can be pressed, but for what stands in a line of text. */
const PRESSED = 'a, button, select, summary, textarea, input, [role=option], [role=menuitem], [role=tab]';

/** What is in view and cannot be hit `size` CSS pixels wide and high around its middle, by its name. */
export function smallTargets(page: Page, size = 44): Promise<string[]> {
  return page.evaluate(
    ([pressed, px]) => {
      const reach = px / 2 - 1;
      return [...document.querySelectorAll(pressed)].flatMap((element) => {
        const label = (element instanceof HTMLInputElement && element.closest('label')) || element;
        const isHit = (x: number, y: number): boolean => label.contains(document.elementFromPoint(x, y));
        // a mark inside its label is pressed by pressing that
        const { left, top, width, height } = (element.clientHeight < label.clientHeight ? label : element).getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const isInView = width > 1 && y >= reach && y <= innerHeight - reach && isHit(x, y);
        const isSmall = [-reach, reach].some((by) => !isHit(x, y + by) || !isHit(x + by, y));
        return isInView && isSmall ? [element.getAttribute('aria-label') ?? (label.textContent?.trim() || element.tagName)] : [];
      });
    },
    [PRESSED, size] as const,
  );
}
