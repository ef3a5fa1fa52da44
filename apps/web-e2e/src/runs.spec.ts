import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually } from '@tandem/testing';
import { type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { paste, rowsOf, runState, start } from './run-driver';
import { type Echo, ENDLESS, startEcho } from './start-echo';
import { type OpenOptions, usePage } from './use-page';

/** Of ten prompts the baseline gets the first four right alone, the derivative the fifth. */
const SET = Array.from({ length: 10 }, (_, n) => JSON.stringify({ id: `q${n}`, prompt: `question ${n}`, check: { type: 'contains', value: 'right' } })).join(
  '\n',
);
const numberOf = (message: string): number => Number(/\d+$/.exec(message)?.[0] ?? 0);

describe('runs of two models', () => {
  let folder: string;
  const echoes: Echo[] = [];
  const { app, openPage } = usePage(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-runs-'));
    echoes.push(await startEcho({ tokensPerSecond: 2_000, answerTo: (message) => (numberOf(message) < 4 ? `right ${message}` : `wrong ${message}`) }));
    echoes.push(await startEcho({ tokensPerSecond: 2_000, answerTo: (message) => (numberOf(message) === 4 ? `right ${message}` : `wrong ${message}`) }));
    const [one, other] = echoes.map(({ endpoint }) => endpoint);
    return {
      DATA_DIR: folder,
      CHECKPOINTS_DIR: folder,
      BASELINE_MODELS: JSON.stringify([{ name: 'One', endpoint: one }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other', endpoint: other }]),
    };
  });
  afterAll(async () => {
    for (const echo of echoes) await echo.close();
    await rm(folder, { recursive: true, force: true });
  });

  const openNew = async (options: OpenOptions = {}): Promise<Page> => {
    const page = await openPage('/runs/new', options);
    await page.getByRole('radio', { name: /^general/ }).waitFor();
    return page;
  };
  const untilChosen = (page: Page, set: RegExp): Promise<void> => page.getByRole('radio', { name: set, checked: true }).waitFor();
  const untilRows = (page: Page, count: number): Promise<void> => eventually(async () => expect(await rowsOf(page).count()).toBe(count));
  /** A run over ten prompts that is done, with the rows of its end. */
  const openDone = async (options: OpenOptions = {}): Promise<Page> => {
    const page = await openNew(options);
    await paste(page, SET, 'ten');
    // of the same name as those of tests before
    await untilChosen(page, /^ten/);
    await start(page);
    await runState(page)
      .filter({ hasText: /done · 10 of 10/ })
      .waitFor();
    await eventually(async () => {
      expect(await rowsOf(page).count()).toBeGreaterThan(0);
      expect(await rowsOf(page).filter({ hasText: 'still to be asked' }).count()).toBe(0);
    });
    return page;
  };

  it('are offered where there is none yet, over the sets that come with Tandem', async () => {
    const page = await openPage('/');
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByText('One prompt is an anecdote.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: /^format/ }).click();
    await page.getByRole('radio', { name: /^format/, checked: true }).waitFor();
    await page.getByRole('button', { name: 'Baseline model: One' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('are reached from Compare, over the pair that stands there', async () => {
    const page = await openPage('/');
    await page.getByRole('link', { name: 'Load a prompt set' }).click();
    await page.waitForURL(/\/runs\/new/);
    await page.getByRole('button', { name: 'Two Delta model: Other' }).waitFor();
  });

  it('are started with a pasted set, seen to their end, and told in figures', async () => {
    const page = await openDone();
    await page.getByText('5 of 10 flip · McNemar p 0.375').waitFor();
    await page.getByText('4 right with One alone').waitFor();
    expect(await page.getByRole('row', { name: /^Passed checks/ }).innerText()).toMatch(/40 %[\s\S]*n 10[\s\S]*10 %[\s\S]*n 10/);
    await untilRows(page, 10);
    expect(await axeFindings(page)).toEqual([]);
    await page.goto(`${app().url}/runs`);
    await page.getByRole('row', { name: /^ten/ }).filter({ hasText: '10 of 10 answered' }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('show what flipped alone, and each item in full', async () => {
    const page = await openDone();
    await page.getByLabel('Show').selectOption('flips');
    await page.getByRole('status').filter({ hasText: '5 items' }).waitFor();
    await untilRows(page, 5);
    await page.getByRole('button', { name: 'question 4' }).click();
    const item = page.getByRole('dialog', { name: 'q4:1' });
    await item.getByText('right question 4').waitFor();
    await item.getByRole('radio', { name: 'Words' }).check();
    await item.locator('ins.own', { hasText: 'right' }).waitFor();
    await item.locator('del.own', { hasText: 'wrong' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('are read with the keyboard alone', async () => {
    const page = await openDone();
    await page.getByRole('button', { name: 'question 0' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'q1:1' }).waitFor();
    await page.getByRole('button', { name: 'Next' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'q2:1' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: 'q0:1' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'q0:1' }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('question 0'));
  });

  it('tell of an item what Compare tells of a turn, and lead to where its answers part', async () => {
    // these servers cannot score
    const page = await openDone({ expects: /409/ });
    await page.getByRole('button', { name: 'question 4' }).click();
    const item = page.getByRole('dialog', { name: 'q4:1' });
    const figures = (await item.locator('.figures').innerText()).replace(/\s+/g, ' ');
    expect(figures).toMatch(/^other first token [+−±][\d.]+ m?s equally long first difference: word 1$/i);
    await item.getByRole('button', { name: 'first difference: word 1' }).click();
    await item.getByRole('radio', { name: 'Words', checked: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('.own, .other'));
    await item.getByRole('radio', { name: 'Surprise' }).check();
    await item
      .locator('tandem-scored-answer')
      .first()
      .getByText(/^The model server at 127/)
      .waitFor();
  });

  it('leave the focus where a person can go on from: what was pressed may be gone', async () => {
    const page = await openNew();
    const focused = (words: RegExp) =>
      page.waitForFunction(
        ([source, flags]) =>
          new RegExp(source, flags).test(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? ''),
        [words.source, words.flags] as const,
      );
    const press = async (name: string | RegExp) => {
      await page.getByRole('button', { name, exact: true, disabled: false }).focus();
      await page.keyboard.press('Enter');
    };
    await page.getByRole('radio', { name: 'Several models' }).check();
    await press('Add a model');
    await press('Take out Variant 2');
    await focused(/^Variant 1 model/);
    await page.getByRole('radio', { name: 'A pair' }).check();
    await press('Paste prompts');
    await page.getByLabel(/^Prompts, one a line/).fill(JSON.stringify({ prompt: ENDLESS }));
    await page.getByLabel('Name', { exact: true }).fill('by key');
    await press('Use these prompts');
    await page.waitForFunction(
      () => document.activeElement instanceof HTMLInputElement && document.activeElement.checked && document.activeElement.name === 'prompt-set',
    );
    await press('Start the run');
    await page.waitForURL(/\/runs\/[\w-]{36}$/);
    await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    await runState(page).filter({ hasText: 'running' }).waitFor();
    await press('Pause');
    await focused(/^Go on$/);
    await press('Cancel');
    await focused(/^Export$/);
    await page.getByRole('link', { name: 'All runs' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    await press('Delete the run over by key');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the run' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'by key' }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.tagName === 'A');
  });

  it('pause, go on and are cancelled, then deleted', async () => {
    const page = await openNew();
    await paste(page, JSON.stringify({ prompt: ENDLESS }), 'endless');
    await untilChosen(page, /^endless/);
    await start(page);
    await runState(page).filter({ hasText: 'running' }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await runState(page).filter({ hasText: 'paused · 0 of 1' }).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await runState(page)
      .filter({ hasText: /running|waits/ })
      .waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await runState(page).filter({ hasText: 'cancelled' }).waitFor();
    await page.getByRole('button', { name: 'Delete the run' }).click();
    await page.getByRole('dialog', { name: 'Delete this run?' }).getByRole('button', { name: 'Delete the run' }).click();
    await page.waitForURL(`${app().url}/runs`);
    await page.getByRole('link', { name: 'endless' }).waitFor({ state: 'detached' });
  });

  it.each([
    ['html', 'As one HTML page', /<!doctype html>[\s\S]*question 4/i],
    ['csv', 'As CSV', /question 4/],
    ['jsonl', 'As JSON Lines', /^\{"id":"q0:1"/],
  ])('are taken along as %s', async (ending, label, content) => {
    const page = await openDone();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: label }).click()]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
    expect(await text(await download.createReadStream())).toMatch(content);
  });

  it('compare several models, each with the first', async () => {
    const page = await openNew();
    await paste(page, SET, 'ten for three');
    await untilChosen(page, /^ten for three/);
    await page.getByRole('radio', { name: 'Several models' }).check();
    await page.getByRole('button', { name: 'Add a model' }).click();
    await page.getByText('Choose every model.').waitFor();
    await page.getByRole('button', { name: /^Variant 2 model/ }).click();
    await page.getByRole('option', { name: /^Other/ }).click();
    await page.getByText('Two of the models are the same').waitFor();
    await page.getByRole('button', { name: 'Take out Variant 2' }).click();
    await start(page);
    await runState(page)
      .filter({ hasText: /done · 10 of 10/ })
      .waitFor();
    await untilRows(page, 10);
  });

  it('refuse a file that is wrong, with its line and field, and take it mended', async () => {
    const page = await openNew({ expects: /400/ });
    const file = (check: object) => ({
      ...{ name: 'mine.jsonl', mimeType: '' },
      buffer: Buffer.from(`{"prompt":"question 1"}\n${JSON.stringify({ prompt: 'question 2', check })}\n`),
    });
    const box = page.getByLabel('File of prompts');
    await box.setInputFiles(file({ type: 'containz', value: 'x' }));
    await page
      .getByRole('alert')
      .filter({ hasText: /^Line 2, check/ })
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await box.setInputFiles(file({ type: 'contains', value: 'x' }));
    await page.getByRole('radio', { name: /^mine/, checked: true }).waitFor();
    await page.getByText('Line 2, check').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete the set mine' }).click();
    await page.getByRole('button', { name: 'Delete the set', exact: true }).click();
    await page.getByRole('radio', { name: /^mine/ }).waitFor({ state: 'detached' });
  });

  it('say why divergence cannot be measured', async () => {
    const page = await openNew();
    await eventually(async () => {
      const isPossible = await page.getByRole('switch', { name: 'Measure divergence' }).isEnabled();
      expect(await page.locator('#score-hint').innerText()).toMatch(isPossible ? /KL per token/ : /cannot be scored/);
    });
  });

  it('are nowhere where nobody made one', async () => {
    const page = await openPage('/runs/0192f0c0-0000-7000-8000-000000000000', { expects: /404/ });
    await page.getByRole('heading', { level: 1, name: 'This run is not on the server' }).waitFor();
    expect(await page.getByRole('link', { name: 'All runs' }).getAttribute('href')).toBe('/runs');
    expect(await axeFindings(page)).toEqual([]);
  });

  it.each([360, 1280, 2560])('fit a screen of %i px, light and dark', async (width) => {
    const page = await openDone({ viewport: { width, height: 800 } });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await axeFindings(page)).toEqual([]);
    }
  });
});

describe('runs where nothing can be kept', () => {
  const { openPage } = usePage(async () => ({ DATA_DIR: 'package.json/below' }));

  it.each(['/runs', '/runs/new'])('say why, and what to do: %s', async (path) => {
    const page = await openPage(path, { expects: /503/ });
    await page.getByText('Nothing can be kept now').waitFor();
    await page.getByText('store_unavailable').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});
