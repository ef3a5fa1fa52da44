import { type Page } from 'playwright-core';

/** What can be pressed, but for what stands in a line of text. */
const PRESSED = 'a, button, select, summary, textarea, input, [role=option], [role=menuitem], [role=tab]';

/** What is in view and cannot be hit `size` CSS pixels wide and high around its middle, by its name. */
export function smallTargets(page: Page, size = 44): Promise<string[]> {
  return page.evaluate(
    ([pressed, px]) => {
      const reach = px / 2 - 1;
      const isHit = (element: Element, x: number, y: number): boolean => {
        const hit = document.elementFromPoint(x, y);
        const label = element instanceof HTMLInputElement ? (element.labels?.[0] ?? element.parentElement) : element;
        return hit !== null && (element.contains(hit) || label?.contains(hit) === true);
      };
      return [...document.querySelectorAll(pressed)].flatMap((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        // covered, or out of view
        if (width < 2 || !isHit(element, x, y) || y < reach || y > innerHeight - reach) return [];
        const isSmall = [-reach, reach].some((by) => !isHit(element, x, y + by) || !isHit(element, x + by, y));
        return isSmall ? [element.getAttribute('aria-label') ?? (element.textContent?.trim() || element.tagName)] : [];
      });
    },
    [PRESSED, size] as const,
  );
}
