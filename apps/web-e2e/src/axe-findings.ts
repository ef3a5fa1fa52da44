import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe objects to on a page as it is now, each rule with the elements that break it. In axe's "legacy mode", which opens
 * no second page to put the results of frames together: Tandem has no frames, and the second page takes as long as the check.
 * Of what it has nothing against it tells one example, not all. It looks once what comes into view has come: half of a colour
 * has too little contrast.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.waitForFunction(
    () => document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
    undefined,
    { polling: 20 },
  );
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
