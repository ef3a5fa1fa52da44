import { until } from '@tandem/testing';
import { type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { type CompareDriver } from './compare-driver';
import { type OpenOptions } from './use-page';
import { useKept, voted } from './use-kept';

const SCREENS = [360, 1280].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })));
/** What a person who asks blind has chosen. */
const BLIND = 'tandem.compare.blind';

const { app, open, openPage } = useKept();

const post = async (path: string, body: object, cookie = ''): Promise<Record<'comparison' | 'run', { id: string }>> => {
  const headers = { 'Content-Type': 'application/json', ...(cookie && { Cookie: cookie }) };
  const response = await fetch(`${app().url}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Record<'comparison' | 'run', { id: string }>;
};
const answer = (model: string) => ({ model, text: `as **${model}** says`, finish_reason: 'stop' });
/** Kept, and voted on by somebody. */
const keepOne = async (baseline: string, derivative: string): Promise<string> => {
  const turns = [{ prompt: 'which one?', baseline: answer(baseline), derivative: answer(derivative) }];
  const { comparison } = await post('comparisons', { title: `${baseline} and ${derivative}`, baseline, derivative, turns });
  await post(`comparisons/${comparison.id}/votes`, { turn: 0, choice: 'baseline' }, `tandem_voter=${'a'.repeat(22)}`);
  await post(`comparisons/${comparison.id}/votes`, { turn: 0, choice: 'derivative' }, `tandem_voter=${'b'.repeat(22)}`);
  return comparison.id;
};

let kept: string;
let run: string;
beforeAll(async () => {
  kept = await keepOne('plain-model', 'tuned-model');
  await keepOne('tuned-model', 'third-model');
  ({
    run: { id: run },
  } = await post('runs', { baseline: 'plain-model', derivative: 'tuned-model', prompt_set: 'format' }));
  await until(async () => ((await (await fetch(`${app().url}/api/runs/${run}`)).json()) as { run: { state: string } }).run.state === 'done');
});

/** Nothing that axe objects to, and nothing beyond the edge. */
const expectFine = async (page: Page): Promise<void> => {
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
};

describe.each(SCREENS)('at $width px in $colorScheme', ({ width, colorScheme }) => {
  const screen: OpenOptions = { viewport: { width, height: 800 }, colorScheme };
  const asked = async (isBlind: boolean): Promise<CompareDriver> => {
    const prepare = async (page: Page): Promise<void> => void (await page.addInitScript((key) => sessionStorage.setItem(key, '1'), BLIND));
    const compare = await open({ ...screen, ...(isBlind ? { prepare } : {}) });
    await compare.ask('which is which');
    await compare.untilIdle();
    return compare;
  };

  it('has nothing that axe objects to where a turn is blind, before its vote and after', async () => {
    const { page } = await asked(true);
    await page.getByRole('button', { name: 'left', exact: true }).waitFor();
    await expectFine(page);
    await page.locator('.prompt').focus();
    await page.keyboard.press('1');
    await page
      .getByText(/^Asked blind/)
      .first()
      .waitFor();
    await expectFine(page);
  });

  it('has nothing that axe objects to where a vote asks to be kept, and where it is', async () => {
    const { page } = await asked(false);
    await page.locator('.prompt').focus();
    await page.keyboard.press('2');
    const dialog = page.getByRole('dialog', { name: 'A vote is kept on the server' });
    await dialog.waitFor();
    await expectFine(page);
    await dialog.getByRole('button', { name: 'Keep and vote' }).click();
    await voted(page).filter({ hasText: 'right' }).waitFor();
    await expectFine(page);
  });

  it('has nothing that axe objects to among kept comparisons, in one, and once it is voted on', async () => {
    const page = await openPage('/comparisons', screen);
    await page.getByRole('link', { name: 'plain-model and tuned-model' }).waitFor();
    await page.getByRole('region', { name: 'Models by votes' }).getByRole('row').nth(3).waitFor();
    await expectFine(page);
    await page.getByRole('button', { name: 'More for plain-model and tuned-model' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    // under the pointer it stays until it is judged
    await page.getByText(/deleted from the server$/).hover();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.goto(`${app().url}/comparisons/${kept}`);
    await page.getByText(/^[2-6] votes: /).waitFor();
    await expectFine(page);
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('button', { name: 'tie', exact: true }).click();
    await voted(page).filter({ hasText: 'tie' }).waitFor();
    await expectFine(page);
  });

  it('has nothing that axe objects to among runs, in one, in each view of an item, and before one is deleted', async () => {
    const page = await openPage('/runs', { ...screen, expects: /409/ });
    await page.getByRole('link', { name: 'format' }).waitFor();
    await expectFine(page);
    await page.getByRole('button', { name: 'Delete the run over format' }).click();
    await page.getByRole('button', { name: 'Keep it' }).waitFor();
    await expectFine(page);
    await page.goto(`${app().url}/runs/${run}`);
    await page.locator('.row').first().waitFor();
    await expectFine(page);
    await page.locator('.row button').first().click();
    const item = page.getByRole('dialog').filter({ visible: true });
    for (const view of ['Text', 'Words', 'Sentences', 'Surprise']) {
      await item.getByRole('radio', { name: view }).check();
      if (view === 'Words' || view === 'Sentences') await item.locator('.marked-caption').first().waitFor();
      await expectFine(page);
    }
  });

  it('has nothing that axe objects to where a run is put together', async () => {
    const page = await openPage('/runs/new', screen);
    await page.getByRole('radio', { name: /^general/ }).waitFor();
    await page.getByRole('button', { name: 'Paste prompts' }).click();
    await page.getByText('Sampling parameters').click();
    await expectFine(page);
  });
});
