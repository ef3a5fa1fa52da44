import type { Page } from 'playwright-core';
import { CompareDriver } from './compare-driver';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

const TABS = 7;

/** A test browser shows all its tabs at once; a person sees one. */
async function pretendTab(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let isSeen = true;
    Object.defineProperty(document, 'visibilityState', { get: () => (isSeen ? 'visible' : 'hidden') });
    Object.assign(globalThis, {
      show(now: boolean) {
        isSeen = now;
        document.dispatchEvent(new Event('visibilitychange'));
      },
    });
  });
}

const show = (page: Page, isSeen: boolean) => page.evaluate((now) => (globalThis as unknown as { show(now: boolean): void }).show(now), isSeen);

describe('seven tabs over HTTP/1.1, where a browser opens six connections', () => {
  let echo: Echo;
  const { app, open } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 60 });
    return {
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other echo', endpoint: echo.endpoint }]),
    };
  });
  afterAll(() => echo.close());

  it('do not keep each other from answering, also while two of them answer unseen', async () => {
    const first = await open({ prepare: pretendTab });
    const tabs = [first];
    while (tabs.length < TABS) {
      await show((tabs.at(-1) as CompareDriver).page, false);
      const page = await first.page.context().newPage();
      await pretendTab(page);
      await page.goto(app().url);
      const tab = new CompareDriver(page);
      tabs.push(tab);
      await tab.untilReady();
      // goes on behind the others
      if (tabs.length === 3 || tabs.length === 4) await tab.ask(Array.from({ length: 600 }, (_, n) => `word${n}`).join(' '));
    }
    const last = tabs.at(-1) as CompareDriver;
    for (const [tab, words] of [
      [last, 'asked in the last'],
      [first, 'asked in the first'],
    ] as const) {
      await show(last.page, tab === last);
      await show(first.page, tab === first);
      await tab.ask(words);
      await tab.untilIdle();
      expect([(await tab.baseline.text()).trim(), (await tab.derivative.text()).trim()]).toEqual([words, words]);
    }
    for (const tab of tabs.slice(2, 4)) {
      await tab.untilIdle();
      expect(await tab.derivative.text()).toMatch(/word599\s*$/);
    }
  }, 60_000);
});
