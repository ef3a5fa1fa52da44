import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckpointListBody } from '@tandem/shared/contracts';
import { CHECKPOINT_FIXTURES_FOLDER, eventually, until, writeLargeCheckpoint } from '@tandem/testing';
import { type Locator, type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { ChatDriver } from './chat-driver';
import { type OpenOptions, usePage } from './use-page';

const ANSWER = 'A heron, under the bridge.';
/** 1.5 GB in 32 bits: it takes longer to convert than a test looks at that. It is always stopped. */
const LARGE_LAYERS = 24;
/** Little enough to be converted and loaded. */
const MEDIUM_LAYERS = 2;

describe('checkpoints that are no GGUF', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-own-page-'));
  const checkpoints = join(folder, 'checkpoints');
  const converted = join(checkpoints, '.converted');
  const { app, open, openChat, openPage } = usePage(async () => {
    for (const [name, place] of [
      ['mini-deepseek/sft', 'sft'],
      ['mini-deepseek/configs', 'configs'],
      ['hf-qwen2', 'pretrain/qwen2'],
    ] as const) {
      cpSync(join(CHECKPOINT_FIXTURES_FOLDER, name), join(checkpoints, place), { recursive: true });
    }
    const whole = readFileSync(join(checkpoints, 'sft/best.pt'));
    mkdirSync(join(checkpoints, 'rl'));
    writeFileSync(join(checkpoints, 'rl/best.pt'), whole.subarray(0, whole.length / 2));
    const large = join(checkpoints, 'rl/large');
    writeLargeCheckpoint(large, LARGE_LAYERS);
    writeLargeCheckpoint(join(checkpoints, 'rl/medium'), MEDIUM_LAYERS);
    const config = JSON.parse(readFileSync(join(large, 'config.json'), 'utf8')) as { max_position_embeddings: number };
    writeFileSync(join(large, 'config.json'), JSON.stringify({ ...config, sliding_window: config.max_position_embeddings / 2 }));
    return {
      CHECKPOINTS_DIR: checkpoints,
      BASELINE_MODELS: JSON.stringify([{ name: 'My base', endpoint: 'local:pretrain/qwen2' }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'My delta', endpoint: 'local:sft/best.pt' }]),
    };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** As if nothing had been asked yet. */
  const anew = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      const response = await fetch(`${app().url}/api/models/${name}/unload?force=true`, { method: 'POST' });
      expect(response.status).toBe(200);
    }
    rmSync(converted, { recursive: true, force: true });
    await until(async () => {
      const { models } = (await (await fetch(`${app().url}/api/checkpoints`)).json()) as CheckpointListBody;
      return names.every((name) => models[name]?.converted === false);
    });
  };
  const leftovers = (): string[] => (existsSync(converted) ? readdirSync(converted).filter((name) => name.endsWith('.partial')) : []);
  const openModels = async (options: OpenOptions = {}): Promise<Page> => {
    const page = await openPage('/models', options);
    await page.getByRole('table').waitFor();
    return page;
  };
  const rowOf = (page: Page, title: string): Locator => page.getByRole('row').filter({ has: page.getByText(title, { exact: true }) });
  const untilRow = (page: Page, title: string, state: RegExp): Promise<void> => rowOf(page, title).locator('.state', { hasText: state }).waitFor();

  it('are picked in the chat, converted once, and answer', async () => {
    const chat = await openChat();
    await chat.page.getByRole('button', { name: /^Chat model/ }).click();
    const option = chat.page.getByRole('option').filter({ has: chat.page.getByText('My delta', { exact: true }) });
    await option.filter({ hasText: /not loaded[\s\S]*mini-deepseek · will be converted once, about 0\.\d MB/ }).waitFor();
    await option.click();
    await chat.page.getByText('My delta is converted when it is first asked').waitFor();
    await chat.setParameter('Temperature', '0');
    expect((await chat.ask('Who waits?')).trim()).toBe(ANSWER);
    await chat.page.getByRole('button', { name: /^Chat model/ }).click();
    await option.filter({ hasText: /mini-deepseek · converted, 0\.\d MB/ }).waitFor();
    expect(await option.innerText()).toMatch(/loaded/);
  });

  it('are compared with one another', async () => {
    await anew('pretrain/qwen2', 'sft/best.pt');
    const compare = await open({ path: '/?temperature=0' });
    await compare.page.getByText('My base and My delta are converted when they are first asked').waitFor();
    await compare.ask('Who waits?');
    await compare.untilIdle();
    expect([(await compare.baseline.text()).trim(), (await compare.derivative.text()).trim()]).toEqual([ANSWER, ANSWER]);
    await compare.page.getByRole('button', { name: 'About My delta' }).click();
    expect(await compare.page.getByRole('dialog', { name: 'My delta' }).innerText()).toMatch(/local · mini-deepseek · /);
  });

  it('show in the chat how far their conversion is, and stop it when the person stops', async () => {
    const chat = await openChat();
    await chat.choose('large');
    await chat.say('Go on');
    await chat.untilState(/^converting [1-9]\d? %$/);
    await chat.answers.last().getByRole('progressbar', { name: 'Converting large' }).waitFor({ state: 'attached' });
    await chat.page.locator('tandem-model-picker .health', { hasText: /^converting \d+ %$/ }).waitFor();
    await chat.page
      .getByRole('status')
      .filter({ hasText: /: converting the checkpoint$/ })
      .waitFor({ state: 'attached' });
    await chat.button('Stop').click();
    await chat.untilState(/stopped by you/);
    await chat.page.locator('tandem-model-picker .health', { hasText: /^not loaded$/ }).waitFor();
    await eventually(() => expect(leftovers()).toEqual([]));
  });

  it('show on both sides of the comparison how far their conversion is', async () => {
    const compare = await open();
    await compare.page.getByRole('button', { name: /^Two Delta model/ }).click();
    await compare.page
      .getByRole('option')
      .filter({ has: compare.page.getByText('large', { exact: true }) })
      .click();
    await compare.ask('Go on');
    await compare.derivative.untilState(/^converting [1-9]\d? %$/);
    await compare.derivative.cell.getByRole('progressbar', { name: 'Two Delta: Converting the model' }).waitFor({ state: 'attached' });
    await compare.derivative.button('Stop').click();
    await compare.derivative.untilState(/stopped by you/);
  });

  it('are converted and loaded from the models page, and cancelled there', async () => {
    const page = await openModels();
    const row = rowOf(page, 'large');
    await eventually(async () =>
      expect(await row.innerText()).toMatch(/Assumed: context \d+ instead of \d+[\s\S]*Hugging Face Llama · [\s\S]*will be converted once, about [78]\d\d MB/),
    );
    await page.getByRole('button', { name: 'Load: large' }).click();
    await untilRow(page, 'large', /converting [1-9]\d? %/);
    await row.getByRole('progressbar', { name: 'Converting large' }).waitFor({ state: 'attached' });
    await row.getByText(/being converted, about [78]\d\d MB/).waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /large: converting$/ })
      .waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Cancel: large' }).click();
    await untilRow(page, 'large', /not loaded/);
    await eventually(() => expect(leftovers()).toEqual([]));
    await page.getByRole('button', { name: 'Load: large' }).click();
    await untilRow(page, 'large', /converting [1-9]\d? %/);
    await page.getByRole('button', { name: 'Cancel: large' }).click();
    await untilRow(page, 'large', /not loaded/);
    await page.getByRole('button', { name: 'Load: medium' }).click();
    await untilRow(page, 'medium', /^\s*loaded/);
    await rowOf(page, 'medium')
      .getByText(/^\s*converted, \d\d MB\s*$/)
      .waitFor();
    await page.getByRole('button', { name: 'Unload: medium' }).click();
    await untilRow(page, 'medium', /not loaded/);
  }, 240_000);

  it('say aloud what becomes of them, and not how far that is', async () => {
    await anew('rl/large');
    const page = await openModels();
    await page.evaluate(() => {
      const [said, shown] = [[] as string[], new Set<string>()];
      Object.assign(window, { said, shown });
      new MutationObserver(() => {
        said.push(document.querySelector('tandem-models-page [role=status]')?.textContent ?? '');
        for (const percent of document.querySelector('tandem-models-page')?.textContent?.match(/converting \d+ %/g) ?? []) shown.add(percent);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await page.getByRole('button', { name: 'Load: large' }).click();
    await page.waitForFunction(() => (window as unknown as { shown: Set<string> }).shown.size > 3);
    await page.getByRole('button', { name: 'Cancel: large' }).click();
    await untilRow(page, 'large', /not loaded/);
    const said = await page.evaluate(() => [...new Set((window as unknown as { said: string[] }).said)].filter(Boolean));
    expect(said.filter((words) => /converting/.test(words))).toEqual(['large: converting']);
    expect(said.join()).not.toMatch(/%/);
  });

  it('that cannot be converted say why and what to do, wherever they can be picked', async () => {
    const why = /is cut short: .*copy it again/;
    const page = await openModels();
    await untilRow(page, 'rl/best', /cannot be converted/);
    await rowOf(page, 'rl/best').locator('.reason', { hasText: why }).waitFor({ state: 'attached' });
    expect(await rowOf(page, 'rl/best').getByRole('button').count()).toBe(0);
    const chat = await new ChatDriver(page, app().url).goto();
    await chat.choose('rl/best');
    await page.locator('tandem-model-picker .health', { hasText: 'cannot be converted' }).waitFor();
    const notice = page.locator('tandem-health-notice .note');
    expect(await notice.innerText()).toMatch(/^\s*Cannot be converted\. /);
    expect(await notice.innerText()).toMatch(why);
    expect(await notice.innerText()).not.toMatch(/Replace the file/);
  });

  it.each([360, 1280, 2560])('fit a screen of %i px while one is converted, and axe finds nothing', async (width) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await anew('rl/large');
      const page = await openModels({ viewport: { width, height: 800 }, colorScheme });
      await page.getByRole('button', { name: 'Load: large' }).click();
      await untilRow(page, 'large', /converting \d+ %/);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await axeFindings(page)).toEqual([]);
    }
  });
});
