import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ggufBytes, scriptedLlama } from '@tandem/testing';
import { type Locator, type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { type Echo, startEcho } from './start-echo';
import { type OpenOptions, usePage } from './use-page';

const DEMO = 'checkpoints/sft/tandem-tiny-chat.gguf';

describe('the models page', () => {
  let folder: string;
  let echo: Echo;
  const { app, openPage } = usePage(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-models-'));
    await mkdir(join(folder, 'sft'));
    await copyFile(DEMO, join(folder, 'sft/mine.gguf'));
    echo = await startEcho({ tokensPerSecond: 100 });
    return {
      CHECKPOINTS_DIR: folder,
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Gone', endpoint: '127.0.0.1:9' }]),
    };
  });

  afterAll(async () => {
    echo.close();
    await rm(folder, { recursive: true, force: true });
  });

  const openModels = async (options: OpenOptions = {}): Promise<Page> => {
    const page = await openPage('/models', options);
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
    await page.getByRole('table').waitFor();
    return page;
  };
  const rowOf = (page: Page, title: string): Locator => page.getByRole('row').filter({ has: page.getByText(title, { exact: true }) });
  const untilState = (page: Page, title: string, state: RegExp): Promise<void> => rowOf(page, title).locator('.state', { hasText: state }).waitFor();
  const press = (page: Page, action: string, title: string): Promise<void> => page.getByRole('button', { name: `${action}: ${title}` }).click();
  const unload = async (page: Page): Promise<void> => {
    await page.request.post(`${app().url}/api/models/sft/mine.gguf/unload?force=true`);
    await untilState(page, 'mine', /not loaded/);
  };

  it('loads a model and gives its memory back', async () => {
    const page = await openModels();
    await press(page, 'Load', 'mine');
    await untilState(page, 'mine', /^\s*loaded/);
    await page.locator('tandem-memory-bar .name', { hasText: 'sft/mine.gguf' }).waitFor();
    await press(page, 'Unload', 'mine');
    await untilState(page, 'mine', /not loaded/);
    await page.getByText('No model is loaded.').waitFor();
  });

  it('shows what another tab does', async () => {
    const [here, there] = [await openModels(), await openModels()];
    await press(there, 'Load', 'mine');
    await untilState(here, 'mine', /^\s*loaded/);
    await unload(here);
  });

  it('asks before it ends an answer, and the answer keeps its text', async () => {
    // the answer may begin between the row's news and the press: the server refuses then, and the page asks
    const page = await openModels({ expects: /409/ });
    await writeFile(join(folder, 'sft/endless.gguf'), ggufBytes(scriptedLlama({ says: ['o', 'n', '-'], repeats: true, feedForward: 32_768 })));
    await untilState(page, 'endless', /not loaded/);
    const answer = page.evaluate(async () => {
      const body = JSON.stringify({ model: 'sft/endless.gguf', prompt: 'Go', max_tokens: 4_000 });
      const response = await fetch('/stream', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      return response.text();
    });
    await untilState(page, 'endless', /answering/);
    await press(page, 'Unload', 'endless');
    await page.getByRole('dialog', { name: 'Unload endless?' }).waitFor();
    await page.getByRole('button', { name: 'Unload now' }).click();
    expect(await answer).toMatch(/"token":"[^"]+"[\s\S]*"done":true[\s\S]*"model_unloaded"/);
    await rm(join(folder, 'sft/endless.gguf'));
    await rowOf(page, 'endless').waitFor({ state: 'detached' });
  });

  it('shows a file that was dropped in, why it cannot be used, and that it is gone', async () => {
    const page = await openModels();
    await writeFile(join(folder, 'sft/.broken.part'), 'not a model at all');
    await rename(join(folder, 'sft/.broken.part'), join(folder, 'sft/broken.gguf'));
    await untilState(page, 'broken', /cannot be used/);
    expect(await rowOf(page, 'broken').locator('.reason').innerText()).toMatch(/GGUF/);
    expect(await rowOf(page, 'broken').getByRole('button').count()).toBe(0);
    await rm(join(folder, 'sft/broken.gguf'));
    await rowOf(page, 'broken').waitFor({ state: 'detached' });
  });

  it('says how remote models are, and looks again when told', async () => {
    const page = await openModels();
    await untilState(page, 'Echo', /healthy/);
    await untilState(page, 'Gone', /unreachable/);
    expect(await rowOf(page, 'Gone').locator('.reason').innerText()).toMatch(/^\s*Unreachable\. Nothing listens at 127\.0\.0\.1:9\. Start the model server/);
    const checked = page.waitForResponse(/health-check\?model=gone/);
    await press(page, 'Check now', 'Gone');
    expect((await checked).ok()).toBe(true);
  });

  it('can be used with the keyboard alone', async () => {
    const page = await openModels();
    await page.getByRole('button', { name: 'Load: mine' }).focus();
    await page.keyboard.press('Enter');
    await untilState(page, 'mine', /^\s*loaded/);
    await page.getByRole('button', { name: 'Unload: mine' }).focus();
    await page.keyboard.press('Enter');
    await untilState(page, 'mine', /not loaded/);
  });

  it('says aloud what became of a model', async () => {
    const page = await openModels();
    await press(page, 'Load', 'mine');
    await page.getByRole('status').filter({ hasText: 'mine: loaded' }).waitFor();
    await unload(page);
  });

  it('leads to the page of each model', async () => {
    const page = await openModels();
    expect(await page.getByRole('link', { name: 'Chat with mine' }).getAttribute('href')).toBe('/chat?model=sft%2Fmine.gguf');
  });

  it('shows a card in full, under an address of its own', async () => {
    const page = await openModels();
    await page.getByRole('link', { name: 'Echo', exact: true }).click();
    const detail = page.getByRole('dialog', { name: 'Echo' });
    await detail.getByText(echo.endpoint).waitFor();
    expect(await detail.innerText()).toMatch(/Id\s+echo\s+From\s+the environment of the server/);
    await page.reload();
    await detail.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForURL(`${app().url}/models`);
    await detail.waitFor({ state: 'detached' });
    await page.goto(`${app().url}/models?model=nobody`);
    await page.getByText('No model is called “nobody”.').waitFor();
  });

  it.each([360, 1280, 2560])('moves nothing that is there while it loads, at %i px', async (width) => {
    const page = await openModels({ viewport: { width, height: 800 } });
    await untilState(page, 'Gone', /unreachable/);
    await page.addInitScript(() => {
      let shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifted += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
      // the rows wait half a second for how their models are: that must not run out on a machine that is slower
      const later = setTimeout;
      Object.assign(globalThis, { shifted: () => shifted, setTimeout: (act: () => void, ms = 0) => later(act, 100 * ms) });
    });
    await page.reload();
    await untilState(page, 'Gone', /unreachable/);
    await page.getByText('everything else').waitFor();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await page.evaluate(() => (globalThis as unknown as { shifted: () => number }).shifted())).toBeLessThan(0.05);
  });

  it.each([360, 1280, 2560])('fits a screen of %i px, and axe finds nothing', async (width) => {
    const page = await openModels({ viewport: { width, height: 800 } });
    await untilState(page, 'Gone', /unreachable/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await axeFindings(page)).toEqual([]);
    }
  });
});

describe('the models page over the demo pair', () => {
  const { open, openPage } = usePage();

  it('has one row for each model and its checkpoint, the derivative below its baseline, and leads to their comparison', async () => {
    const page = await openPage('/models');
    await page.getByRole('table').waitFor();
    expect(await page.locator('tr.model .title').allInnerTexts()).toEqual(['Tandem tiny base', 'Tandem tiny chat']);
    await page.getByRole('rowgroup').filter({ hasText: 'Tandem tiny base and what is derived from it' }).waitFor();
    const compare = page.getByRole('link', { name: 'Compare Tandem tiny chat with Tandem tiny base' });
    expect(await compare.getAttribute('href')).toBe('/?baseline=tandem-tiny-base&twodelta=tandem-tiny-chat');
    await compare.click();
    await page.getByRole('button', { name: 'Two Delta model: Tandem tiny chat' }).waitFor();
    await page.getByRole('button', { name: /^Baseline model/ }).click();
    await page.getByRole('group', { name: 'Tandem tiny base and what is derived from it' }).waitFor();
    expect(await page.getByRole('option').count()).toBe(2);
  });

  it('leads to the comparison of a pair from one of another, which can be come back to', async () => {
    const compare = await open({ path: '/?baseline=tandem-tiny-chat&twodelta=tandem-tiny-chat&max_tokens=8' });
    const { page } = compare;
    await compare.ask('Hello');
    await compare.untilIdle();
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await page.getByRole('link', { name: 'Compare Tandem tiny chat with Tandem tiny base' }).click();
    await page.getByRole('button', { name: 'Baseline model: Tandem tiny base' }).waitFor();
    expect(await page.locator('tandem-turn-row').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Baseline model: Tandem tiny chat' }).waitFor();
    expect(await page.locator('tandem-turn-row').count()).toBe(1);
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Baseline model: Tandem tiny chat' }).waitFor();
    expect(await page.locator('tandem-turn-row').count()).toBe(1);
  });
});

describe('a model that is added on the page', () => {
  let folder: string;
  let echo: Echo;
  const { openPage } = usePage(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-added-'));
    await writeFile(join(folder, 'config.json'), JSON.stringify({ twodelta_models: [] }));
    echo = await startEcho({ tokensPerSecond: 100 });
    return {
      CONFIG_FILE: join(folder, 'config.json'),
      CHECKPOINTS_DIR: folder,
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
    };
  });
  afterAll(async () => {
    echo.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is tried, then stands below its baseline and in the file', async () => {
    const page = await openPage('/models');
    await page.getByRole('button', { name: 'Add a model' }).click();
    const form = page.getByRole('dialog', { name: 'Add a model' });
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByText('Give the model a name.').waitFor();
    await form.getByLabel('Name', { exact: true }).fill('Mine');
    await form.getByLabel('Endpoint', { exact: true }).fill(echo.endpoint);
    await form.getByLabel('Derived from').selectOption('Echo');
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByText('healthy.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('dialog', { name: 'Mine' }).getByText('Derived from').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('rowgroup').filter({ hasText: 'Echo and what is derived from it' }).getByRole('link', { name: 'Mine', exact: true }).waitFor();
    expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))).toEqual({
      twodelta_models: [{ name: 'Mine', endpoint: echo.endpoint, baseline_id: 'echo' }],
    });
  });

  it('is shown as JSON to copy where Tandem does not write its list', async () => {
    const page = await openPage('/models', { expects: /409/ });
    await page.getByRole('button', { name: 'Add a model' }).click();
    const form = page.getByRole('dialog', { name: 'Add a model' });
    await form.getByRole('radio', { name: 'Baseline' }).check();
    await form.getByLabel('Name', { exact: true }).fill('Other');
    await form.getByLabel('Endpoint', { exact: true }).fill('localhost:1');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('baseline_models comes from the environment, which Tandem does not write.').waitFor();
    expect(JSON.parse(await form.locator('pre').innerText())).toEqual({ baseline_models: [{ name: 'Other', endpoint: 'localhost:1' }] });
  });
});
