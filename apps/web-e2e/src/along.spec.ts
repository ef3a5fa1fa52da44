import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { axeFindings } from './axe-findings';
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
    const compare = await open({ path: '/?baseline=sft/step-1000.gguf&twodelta=sft/step-3000.gguf' });
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
