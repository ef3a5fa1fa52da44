import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { keepLargeRun } from './keep-large-run';
import { rowsOf, runState } from './run-driver';
import { usePage } from './use-page';

describe('a run of 10,000 items', () => {
  const COUNT = 10_000;
  let folder: string;
  let run: string;
  const { openPage } = usePage(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-large-'));
    const model = (name: string): string => JSON.stringify([{ name, endpoint: '127.0.0.1:9' }]);
    const environment = { DATA_DIR: folder, CHECKPOINTS_DIR: folder, BASELINE_MODELS: model('One'), TWODELTA_MODELS: model('Other') };
    run = await keepLargeRun(environment, COUNT);
    return environment;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Scrolls to the end of what is there until the row is, as a person would; the most rows that were there at once. */
  const scrollTo = async (page: Page, prompt: string): Promise<number> => {
    let most = 0;
    for (const row = page.getByRole('button', { name: prompt, exact: true }); (await row.count()) === 0;) {
      await page.locator('tandem-run-page').evaluate((scroller) => scroller.scrollBy(0, 30 * innerHeight));
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      most = Math.max(most, await rowsOf(page).count());
    }
    return most;
  };

  it('makes no more rows than are seen, to the very last', async () => {
    const page = await openPage(`/runs/${run}`);
    await runState(page).filter({ hasText: '10,000 of 10,000' }).waitFor();
    await rowsOf(page).first().waitFor();
    expect(await page.getByRole('table', { name: 'Items' }).getAttribute('aria-rowcount')).toBe('10001');
    expect(await scrollTo(page, `prompt ${COUNT - 1}`)).toBeLessThan(60);
    await page.getByRole('button', { name: `prompt ${COUNT - 1}`, exact: true }).click();
    await page.getByRole('dialog', { name: `p${COUNT - 1}:1` }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: `p${COUNT - 2}:1` }).waitFor();
  });

  it('has the last first where that is asked for', async () => {
    const page = await openPage(`/runs/${run}`);
    await page.getByLabel('Sort by').selectOption('time');
    await page.getByRole('button', { name: `prompt ${COUNT - 1}`, exact: true }).waitFor();
    expect(await rowsOf(page).first().getAttribute('aria-rowindex')).toBe('2');
  });
});
