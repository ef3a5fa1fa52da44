import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ggufBytes, noiseModel, randomLora } from '@tandem/testing';
import { type Locator } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { type CompareDriver } from './compare-driver';
import { usePage } from './use-page';

const BUNDLED = fileURLToPath(new URL('../../../checkpoints', import.meta.url));

describe('along the way of a training', () => {
  let folder: string;
  const { open } = usePage(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-along-'));
    mkdirSync(join(folder, 'sft'));
    // a step that changed nothing, and one that changed much
    copyFileSync(join(BUNDLED, 'pretrain/tandem-tiny-base.gguf'), join(folder, 'sft/step-1000.gguf'));
    copyFileSync(join(BUNDLED, 'pretrain/tandem-tiny-base.gguf'), join(folder, 'sft/step-2000.gguf'));
    copyFileSync(join(BUNDLED, 'sft/tandem-tiny-chat.gguf'), join(folder, 'sft/step-3000.gguf'));
    return { CHECKPOINTS_DIR: folder };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('scores an answer at each step, and opens the pair of one', async () => {
    const compare = await open({ path: '/?baseline=sft/step-1000.gguf&twodelta=sft/step-3000.gguf&temperature=0' });
    const { page } = compare;
    await compare.ask('What is Tandem?');
    await compare.untilIdle();
    await page.getByRole('radio', { name: 'Surprise', exact: true }).check({ force: true });
    await page.getByRole('button', { name: 'Along the way' }).click();
    const dialog = page.getByRole('dialog', { name: 'Along the way' });
    await dialog.getByRole('button', { name: 'Score along the way' }).click();
    const rows = dialog.getByRole('row');
    await rows.nth(3).waitFor();
    expect(await rows.nth(1).textContent()).toMatch(/step 1,000.*0\.0000.*100 %/);
    expect(await rows.nth(2).textContent()).toMatch(/step 2,000.*0\.0000.*100 %/);
    expect(Number(await rows.nth(3).getByRole('cell').first().textContent())).toBeGreaterThan(0.1);
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Compare with step 2,000' }).click();
    await page.getByRole('button', { name: /^Two Delta model: .*2000/ }).waitFor();
  });
});

describe('along the scales of an adapter', () => {
  let folder: string;
  const { open } = usePage(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-dial-'));
    writeFileSync(join(folder, 'base.gguf'), noiseModel());
    writeFileSync(join(folder, 'lora.gguf'), ggufBytes(randomLora()));
    const document = {
      baseline_models: [{ id: 'bare', name: 'Bare', endpoint: 'local:base.gguf' }],
      twodelta_models: [{ id: 'tuned', name: 'Tuned', endpoint: 'local:base.gguf', baseline_id: 'bare', adapter: { file: 'lora.gguf', scale: 0.75 } }],
    };
    writeFileSync(join(folder, 'config.json'), JSON.stringify(document));
    return { CHECKPOINTS_DIR: folder, CONFIG_FILE: join(folder, 'config.json') };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const scales = [0, 0.25, 0.5, 0.75, 1];

  /** The dialog with an answer scored at each scale. */
  const scored = async (compare: CompareDriver): Promise<Locator> => {
    const { page } = compare;
    await compare.ask('Go');
    await compare.untilIdle();
    await page.getByRole('radio', { name: 'Surprise', exact: true }).check({ force: true });
    await page.getByRole('button', { name: 'Along the way' }).click();
    const dialog = page.getByRole('dialog', { name: 'Along the way' });
    const asked = page.waitForRequest((request) => request.url().endsWith('/api/divergences/series'));
    await dialog.getByRole('button', { name: 'Score along the way' }).click();
    expect((await asked).postDataJSON()).toMatchObject({
      baseline: { model: 'bare' },
      derivatives: scales.map((scale) => ({ model: 'tuned', adapter_scale: scale })),
    });
    await dialog.getByRole('row').nth(scales.length).waitFor();
    return dialog;
  };

  /** Asks, and opens what is known of who answered on the derivative's side. */
  const askWhoAnswers = async (compare: CompareDriver): Promise<string> => {
    const [sent] = await Promise.all([
      compare.page.waitForRequest((request) => request.url().endsWith('/stream') && request.postDataJSON().model !== 'bare'),
      compare.ask('Go'),
    ]);
    await compare.untilIdle();
    await compare.derivative.head.getByRole('button', { name: /^About/ }).click();
    return String(sent.postDataJSON().model);
  };

  it('scores an answer at each scale, and opens the pair at one at which a model answers', async () => {
    const compare = await open({ path: '/?baseline=bare&twodelta=tuned&temperature=0&max_tokens=12' });
    const { page } = compare;
    const dialog = await scored(compare);
    expect(await dialog.getByRole('rowheader').allTextContents()).toEqual(scales.map((scale) => `scale ${scale}`));
    const kl = (await dialog.locator('tbody td:nth-of-type(1)').allTextContents()).map(Number);
    expect(kl[0]).toBe(0);
    expect(kl.slice(1).every((value) => value > 0)).toBe(true);
    expect(await dialog.getByRole('row').nth(1).textContent()).toContain('100 %');
    await dialog.getByRole('button', { name: 'Compare with scale 0.75' }).click();
    await page.getByRole('button', { name: 'Two Delta model: Tuned' }).waitFor();
    expect(await askWhoAnswers(compare)).toBe('tuned');
    await page.getByText('lora.gguf at scale 0.75').waitFor();
  });

  it('has a model added at another scale, and opens the pair with it', async () => {
    const compare = await open({ path: '/?baseline=bare&twodelta=tuned&temperature=0&max_tokens=12' });
    const { page } = compare;
    const dialog = await scored(compare);
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add a model at scale 0.5' }).click();
    const form = page.getByRole('dialog', { name: 'Add a model' });
    await form.waitFor();
    expect(await form.getByLabel('Name').inputValue()).toBe('Tuned at 0.5');
    expect(await form.getByLabel('Derived from').inputValue()).toBe('bare');
    expect(await form.getByLabel('Scale of the adapter').inputValue()).toBe('0.5');
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Two Delta model: Tuned at 0.5' }).waitFor();
    await page.getByRole('button', { name: 'Baseline model: Bare' }).waitFor();
    expect(await askWhoAnswers(compare)).not.toBe('tuned');
    await page.getByText('lora.gguf at scale 0.5').waitFor();
    // from now on, somebody answers there
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Surprise', exact: true }).check({ force: true });
    await page.getByRole('button', { name: 'Along the way' }).click();
    await dialog.getByRole('button', { name: 'Score along the way' }).click();
    await dialog.getByRole('button', { name: 'Compare with scale 0.5' }).waitFor();
  });
});
