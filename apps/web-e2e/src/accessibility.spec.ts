import { axeFindings } from './axe-findings';
import { type CompareDriver } from './compare-driver';
import { type Echo, startEcho } from './start-echo';
import { freePort } from './start-app';
import { usePage } from './use-page';

const RICH =
  '## Title\n\n1. one\n2. **two**\n\n```js\nconst a = 1; // a comment\n```\n\n| a | b |\n|---|---|\n| 1 | [link](https://example.org) |\n\n> quote\n';
const LONG = `${RICH}\n${'word '.repeat(600)}`;

const STATES: Readonly<Record<string, (compare: CompareDriver) => Promise<unknown>>> = {
  empty: async () => undefined,
  'model list': async ({ page }) => {
    await page.getByRole('button', { name: /^Baseline model/ }).click();
    await page.getByRole('option').first().waitFor();
  },
  parameters: async ({ page }) => {
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.getByLabel('Temperature').fill('3');
  },
  'keyboard shortcuts': ({ page }) => page.getByRole('button', { name: 'Keyboard shortcuts' }).click(),
  streaming: async (compare) => {
    await compare.ask(LONG);
    await compare.baseline.untilLonger(200);
  },
  'done and failed': async (compare) => {
    await compare.ask(RICH);
    await compare.untilIdle();
    await compare.page.locator('.hljs-keyword').first().waitFor({ state: 'attached' });
  },
};

describe.each([360, 1280, 2560])('at %i px', (width) => {
  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    let echo: Echo;
    const { open } = usePage(async () => {
      echo = await startEcho({ tokensPerSecond: 300 });
      return {
        BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
        TWODELTA_MODELS: JSON.stringify([{ name: 'Gone', endpoint: `127.0.0.1:${await freePort()}` }]),
      };
    });
    afterAll(() => echo.close());

    it.each(Object.keys(STATES))('has nothing that axe objects to: %s', async (state) => {
      const compare = await open({ viewport: { width, height: 800 }, colorScheme });
      await STATES[state]?.(compare);
      expect(await axeFindings(compare.page)).toEqual([]);
    });
  });
});
