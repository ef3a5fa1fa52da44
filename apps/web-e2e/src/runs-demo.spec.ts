import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@tandem/testing';
import { rowsOf, runState, start } from './run-driver';
import { usePage } from './use-page';

/** Both models say all of it, one after the other, on whatever machine this is. */
const RUN_MS = 240_000;

describe('a shipped set over the demo pair', () => {
  let folder: string;
  const { openPage } = usePage(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-shipped-'));
    return { DATA_DIR: folder };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(
    'is started from the page, ends, and tells how far the two differ',
    async () => {
      const page = await openPage('/runs/new?set=general');
      await page.getByRole('radio', { name: /^general/, checked: true }).waitFor();
      await page.getByRole('button', { name: 'Two Delta model: Tandem tiny chat' }).waitFor();
      await page.getByRole('switch', { name: 'Measure divergence' }).check();
      await page.getByText('Sampling parameters').click();
      await page.getByLabel('Max tokens').fill('8');
      await start(page);
      await runState(page).filter({ hasText: 'done · 20 of 20 answered' }).waitFor({ timeout: RUN_MS });
      await eventually(async () => expect(await page.getByRole('row', { name: /^Divergence/ }).innerText()).toMatch(/≥ \d[\s\S]*n 20/));
      await page.getByRole('figure', { name: 'Divergence' }).locator('svg').waitFor();
      await page.getByLabel('Sort by').selectOption('divergence');
      await rowsOf(page).first().locator('[data-name=KL]', { hasText: /\d/ }).waitFor();
      await page.getByRole('link', { name: 'All runs' }).click();
      await page
        .getByRole('row', { name: /^general/ })
        .filter({ hasText: 'scored' })
        .waitFor();
    },
    2 * RUN_MS,
  );
});
