import { eventually } from '@tandem/testing';
import { type Page } from 'playwright-core';
import { type Echo, ENDLESS, startEcho } from './start-echo';
import { usePage } from './use-page';

describe('without a mouse', () => {
  let echo: Echo;
  const { open } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 60 });
    return {
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other echo', endpoint: echo.endpoint }]),
    };
  });
  afterAll(() => echo.close());

  const focused = (page: Page): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim());

  it('writes, sends, stops one side, then the other', async () => {
    const { page, baseline, derivative } = await open();
    await page.keyboard.press('/');
    await page.keyboard.insertText(ENDLESS);
    await page.keyboard.press('Control+Enter');
    await Promise.all([baseline.untilLonger(10), derivative.untilLonger(10)]);
    await page.keyboard.press('Alt+2');
    await page.waitForFunction(() => document.activeElement?.closest('[data-side=derivative]'));
    await page.keyboard.press('Escape');
    await derivative.untilState(/^stopped by you$/);
    expect(await baseline.state()).toBe('streaming');
    await page.keyboard.press('Shift+Escape');
    await baseline.untilState(/^stopped by you$/);
  });

  it('stops both sides with Escape from the composer', async () => {
    const compare = await open();
    await compare.ask(ENDLESS);
    await Promise.all([compare.baseline.untilLonger(10), compare.derivative.untilLonger(10)]);
    await compare.composer.focus();
    await compare.page.keyboard.press('Escape');
    await Promise.all([compare.baseline.untilState(/^stopped/), compare.derivative.untilState(/^stopped/)]);
  });

  it('chooses a model by typing its name', async () => {
    const { page, baseline } = await open();
    await baseline.head.getByRole('button', { name: /^Baseline model/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.type('other');
    await page.keyboard.press('Enter');
    await baseline.head.getByRole('button', { name: 'Baseline model: Other echo' }).waitFor();
    await eventually(async () => expect(await focused(page)).toBe('Baseline model: Other echo'));
  });

  it('closes the list with Escape and leaves what streams alone', async () => {
    const compare = await open();
    await compare.ask(ENDLESS);
    await compare.baseline.untilLonger(10);
    await compare.baseline.head.getByRole('button', { name: /^Baseline model/ }).focus();
    await compare.page.keyboard.press('Enter');
    await compare.page.getByRole('option').first().waitFor();
    await compare.page.keyboard.press('Escape');
    await compare.page.getByRole('option').first().waitFor({ state: 'hidden' });
    expect(await compare.baseline.state()).toBe('streaming');
  });

  it('shows the list of keys on ?, and closes it on Escape', async () => {
    const { page } = await open();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' });
  });

  it('writes ? and / in the composer as what they are', async () => {
    const { page, composer } = await open();
    await composer.focus();
    await page.keyboard.type('and/or?');
    expect(await composer.inputValue()).toBe('and/or?');
  });

  it('does not send while an input method composes', async () => {
    const { page, composer, baseline } = await open();
    await composer.fill('日本');
    await composer.dispatchEvent('keydown', { key: 'Enter', ctrlKey: true, isComposing: true, keyCode: 229, bubbles: true });
    // had that sent it, another turn would stand here
    await composer.fill('日本語');
    await page.keyboard.press('Control+Enter');
    await baseline.untilState(/^done/);
    expect(await page.locator('.prompt').allInnerTexts()).toEqual([expect.stringContaining('日本語')]);
  });

  it('reaches everything with Tab', async () => {
    const compare = await open();
    await compare.ask('one two three');
    await compare.untilIdle();
    await compare.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const names = new Set<string>();
    for (let n = 0; n < 40; n++) {
      await compare.page.keyboard.press('Tab');
      names.add((await focused(compare.page)) ?? '');
    }
    expect([...names]).toEqual(
      expect.arrayContaining([
        'Skip to the page',
        'Compare',
        'Keyboard shortcuts',
        'Baseline model: Echo',
        'Two Delta model: Other echo',
        'Copy',
        'Retry',
        'Parameters',
      ]),
    );
  });
});
