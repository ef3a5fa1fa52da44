import { eventually } from '@tandem/testing';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
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
  });
});

describe('the settings', () => {
  const { app, open } = usePage();
  const sizeOf = (page: Page): Promise<number> => page.locator('textarea').evaluate((box) => Number.parseFloat(getComputedStyle(box).fontSize));

  it('hold in every tab and after a reload', async () => {
    const { page } = await open();
    const other = await page.context().newPage();
    await other.goto(app().url);
    await new CompareDriver(other).composer.waitFor();
    const before = await sizeOf(other);
    await page.bringToFront();
    await page.getByRole('button', { name: 'Settings' }).click();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('radio', { name: 'Largest' }).check();
    await settings.getByRole('radio', { name: 'Dark' }).check();
    expect(await axeFindings(page)).toEqual([]);
    await other.waitForFunction(() => document.documentElement.dataset['textSize'] === 'largest');
    expect(await sizeOf(other)).toBeGreaterThan(before);
    await page.reload({ waitUntil: 'commit' });
    // before any of the page's own scripts
    await page.waitForFunction(() => document.body && document.documentElement.dataset['textSize'] === 'largest');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  });

  it('say which keys send, and the list of keys says so too', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Enter', exact: true }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    const keys = page.locator('dl div').filter({ hasText: 'Send the prompt to both models' }).locator('kbd');
    await eventually(async () => expect(await keys.allInnerTexts()).toEqual(['↵']));
  });
});

describe('an address where nothing is', () => {
  const { openPage } = usePage();

  it.each([360, 1280])('says so and leads on, at %i px', async (width) => {
    let status: number | undefined;
    const note = async (page: Page) => void page.on('response', (answer) => (status = answer.request().isNavigationRequest() ? answer.status() : status));
    const page = await openPage('/models/qwen?x=1', { viewport: { width, height: 800 }, expects: /404/, prepare: note });
    expect(status).toBe(404);
    await page.getByRole('heading', { level: 1, name: 'There is no page at /models/qwen' }).waitFor();
    expect(await page.title()).toBe('Nothing here · Tandem');
    expect(await page.locator('nav [aria-current]').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
  });
});
