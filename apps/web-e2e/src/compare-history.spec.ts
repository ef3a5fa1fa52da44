import { text } from 'node:stream/consumers';
import { eventually, until } from '@tandem/testing';
import { type Page } from 'playwright-core';
import { CompareDriver } from './compare-driver';
import { useCompare } from './use-compare';

/** Whether the browser's history, which is there by now, has the ends of the answers. */
const isKeptToItsEnd = (page: Page): Promise<boolean> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('tandem-compare');
        opening.onsuccess = () => {
          const reading = opening.result.transaction('comparisons').objectStore('comparisons').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(
              reading.result.every(({ turns }) =>
                turns[0].answers.every(({ answer }: { answer: { state: { kind: string } } }) => answer.state.kind === 'done'),
              ),
            );
          };
        };
      }),
  );

describe('the comparisons of a browser', () => {
  const { echo, open } = useCompare();

  it('begins anew, and takes that back', async () => {
    const compare = await open();
    const { page } = compare;
    await compare.ask('one two');
    await compare.untilIdle();
    await compare.beginAnew();
    await page.getByRole('button', { name: 'Undo' }).click();
    await compare.derivative.answer.filter({ hasText: /^\s*one two\s*$/ }).waitFor();
  });

  it('keeps comparisons: one is found, named, opened, deleted and had again', async () => {
    const compare = await open();
    const { page } = compare;
    await compare.ask('one two');
    await compare.untilIdle();
    await compare.beginAnew();
    await compare.ask('three four');
    await compare.untilIdle();
    await page.getByRole('button', { name: 'Earlier comparisons' }).click();
    const rows = page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem');
    await rows.nth(1).waitFor();
    await page.getByRole('button', { name: 'More for one two' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the comparison' }).fill('Numbers');
    await page.keyboard.press('Enter');
    await page.getByRole('searchbox', { name: 'Search comparisons' }).fill('numb');
    await rows.nth(1).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Numbers/ }).click();
    await page.locator('.prompt', { hasText: 'one two' }).waitFor();
    await eventually(async () => expect((await compare.derivative.text()).trim()).toBe('one two'));
    await page.getByRole('button', { name: 'More for Numbers' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.locator('.prompt').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.prompt', { hasText: 'one two' }).waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem').nth(1).waitFor();
  });

  it('exports a comparison and takes it in again, beside what is there; of another file it says what is wrong', async () => {
    const compare = await open();
    const { page } = compare;
    await compare.ask('one two');
    await compare.untilIdle();
    await page.getByRole('button', { name: 'Earlier comparisons' }).click();
    const rows = page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem');
    await page.getByRole('button', { name: 'More for one two' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export as JSON' }).click()]);
    const exported = await text(await file.createReadStream());
    const box = page.getByLabel('File of comparisons');
    await box.setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(exported.replace('"turns": [', '"turns": 3, "lost": [')) });
    await page.getByRole('alert').filter({ hasText: 'This file is damaged: turns must be a list. Nothing was imported.' }).waitFor();
    await box.setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(exported) });
    await page.getByText('1 comparison imported').waitFor();
    await rows.nth(1).waitFor();
    for (const row of [rows.nth(0), rows.nth(1)]) {
      await row.getByRole('button', { name: /^one two/ }).click();
      await page.locator('.prompt', { hasText: 'one two' }).waitFor();
      await eventually(async () => expect((await compare.derivative.text()).trim()).toBe('one two'));
    }
  });

  it('goes on in one tab with what another one asked; where both ask, it keeps both and says so', async () => {
    const compare = await open();
    const { page } = compare;
    await compare.ask('one two');
    await compare.untilIdle();
    const other = new CompareDriver(await page.context().newPage());
    await other.page.goto(new URL('/', page.url()).href);
    await other.untilReady();
    await other.page.getByRole('button', { name: 'Earlier comparisons' }).click();
    await other.page
      .getByRole('region', { name: 'Comparisons' })
      .getByRole('button', { name: /^one two/ })
      .click();
    await other.page.locator('.prompt', { hasText: 'one two' }).waitFor();
    await other.ask('from there');
    await other.untilIdle();
    await page.locator('.prompt', { hasText: 'from there' }).waitFor();
    // neither answer has ended before the other is asked for
    const release = echo().hold(1);
    await Promise.all([compare.ask('both at once, here'), other.ask('both at once, there')]);
    release();
    await Promise.all([compare.untilIdle(), other.untilIdle()]);
    const said = ({ page: tab }: CompareDriver) => tab.getByText('Another tab has gone on with this comparison.');
    await Promise.any([said(compare).waitFor(), said(other).waitFor()]);
    expect((await said(compare).count()) + (await said(other).count())).toBe(1);
    expect([await compare.page.locator('.prompt').last().innerText(), await other.page.locator('.prompt').last().innerText()]).toEqual([
      expect.stringContaining('both at once, here'),
      expect.stringContaining('both at once, there'),
    ]);
  });

  it('says when the tab’s storage is full, and loses nothing that is shown', async () => {
    const compare = await open({
      prepare: async (page) => {
        await page.addInitScript(() => {
          Storage.prototype.setItem = () => {
            throw new DOMException('full', 'QuotaExceededError');
          };
        });
      },
    });
    await compare.ask('one two');
    await compare.untilIdle();
    await compare.page.getByText('This tab’s storage is full: after a reload this comparison is found among the earlier ones.').waitFor();
    expect((await compare.derivative.text()).trim()).toBe('one two');
    const earlier = compare.page.getByRole('region', { name: 'Comparisons' }).getByRole('button', { name: /^one two/ });
    await compare.page.getByRole('button', { name: 'Earlier comparisons' }).click();
    await earlier.waitFor();
    await until(() => isKeptToItsEnd(compare.page));
    await compare.page.reload();
    await compare.page.getByRole('button', { name: 'Earlier comparisons' }).click();
    await earlier.click();
    await compare.derivative.untilState(/^done/);
    await eventually(async () => expect((await compare.derivative.text()).trim()).toBe('one two'));
  });

  it.each([360, 1280])('prints the whole comparison, from a page of %i px as well', async (width) => {
    const compare = await open({ viewport: { width, height: 700 } });
    const { page, baseline, derivative } = compare;
    for (const prompt of ['one\n\n'.repeat(30), 'two']) {
      await compare.ask(prompt);
      await compare.untilIdle();
    }
    await page.emulateMedia({ media: 'print' });
    for (const pane of [baseline, derivative]) expect(await pane.cell.isVisible()).toBe(true);
    expect(await compare.composer.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(900);
    expect(await compare.scroller.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
  });
});
