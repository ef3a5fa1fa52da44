import { text } from 'node:stream/consumers';
import { axeFindings } from './axe-findings';
import { CompareDriver } from './compare-driver';
import { keep, useKept, voted } from './use-kept';

describe('a comparison that is kept on the server', () => {
  const { app, open, openPage } = useKept();

  const kept = async (prompt: string): Promise<{ compare: CompareDriver; address: string }> => {
    const compare = await open();
    await compare.ask(prompt);
    await compare.untilIdle();
    return { compare, address: await keep(compare) };
  };
  const pathOf = (address: string) => new URL(address).pathname;

  it('is there only once somebody chose so, and reads the same in another browser', async () => {
    const compare = await open();
    await compare.ask('one two');
    await compare.untilIdle();
    const list = async () => (await (await fetch(`${app().url}/api/comparisons`)).json()) as { comparisons: object[] };
    expect((await list()).comparisons).toEqual([]);
    const address = await keep(compare);
    expect(address).toMatch(/\/comparisons\/[\da-f-]{36}$/);
    const page = await openPage(pathOf(address));
    await page.getByRole('heading', { level: 1, name: 'one two' }).waitFor();
    const there = new CompareDriver(page);
    for (const [side, words] of [
      [there.baseline, 'one two plainly'],
      [there.derivative, 'one two in tune'],
    ] as const) {
      await side.answer.filter({ hasText: words }).waitFor();
      expect((await side.text()).trim()).toBe(words);
    }
    for (const fact of ['plain-model', 'tuned-model', /temperature 0\.7/]) await page.getByText(fact).first().waitFor();
    await page.getByRole('radio', { name: 'Words' }).check();
    await page.locator('.marked-caption').first().waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });

  it('says what came after it was kept, and is kept again under another address', async () => {
    const { compare, address } = await kept('first');
    const { page } = compare;
    await page.getByRole('button', { name: /^Kept/ }).waitFor();
    await compare.ask('second');
    await compare.untilIdle();
    await page.getByRole('button', { name: /^Keep again/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Keep and share' });
    await dialog.getByText('1 turn is not on the server as here.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const other = await keep(compare);
    expect(other).not.toBe(address);
    await page.reload();
    await page.getByRole('button', { name: /^Kept/ }).waitFor();
  });

  it('has a title and a note that can be changed, and files to take along', async () => {
    const { address } = await kept('to be named');
    const page = await openPage(pathOf(address));
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Title of the comparison' }).fill('A better name');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'A better name' }).waitFor();
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.request().postData()?.includes('note') === true);
    await page.getByRole('textbox', { name: 'Note' }).fill('Worth a look.');
    await page.keyboard.press('Tab');
    await saved;
    for (const [item, ending, holds] of [
      ['JSON: can be kept again', 'json', '"note":'],
      ['JSON Lines', 'jsonl', 'to be named plainly'],
      ['CSV: a row for each turn', 'csv', 'to be named in tune'],
      ['Markdown', 'md', 'A better name'],
      ['HTML: opens anywhere', 'html', '<!doctype html>'],
    ] as const) {
      await page.getByRole('button', { name: 'Export' }).click();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
      expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
      expect((await text(await file.createReadStream())).toLowerCase()).toContain(holds.toLowerCase());
    }
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Worth a look.');
  });

  it('is gone on with on Compare, as a comparison of this browser that knows where it is kept', async () => {
    const { address } = await kept('to go on with');
    const page = await openPage(pathOf(address));
    await page.getByRole('button', { name: 'Open in Compare' }).click();
    const compare = new CompareDriver(page);
    await page.getByRole('button', { name: /^Kept/ }).waitFor();
    await compare.derivative.answer.filter({ hasText: 'to go on with in tune' }).waitFor();
    await compare.ask('and on');
    await compare.untilIdle();
    expect((await compare.derivative.text()).trim()).toBe('and on in tune');
    await page.getByRole('button', { name: 'Earlier comparisons' }).click();
    await page
      .getByRole('region', { name: 'Comparisons' })
      .getByRole('button', { name: /^to go on with/ })
      .waitFor();
  });

  it('is found among all that are kept, beside those of this browser, and can be deleted and had again', async () => {
    const { compare } = await kept('needle one');
    const { page } = compare;
    await page.getByRole('button', { name: 'Earlier comparisons' }).click();
    await page.getByText('in this browser alone').waitFor();
    await page.getByRole('radio', { name: 'On the server' }).check();
    await page.getByText('What somebody chose to keep').waitFor();
    const rows = page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem');
    await page.getByRole('searchbox', { name: 'Search comparisons' }).fill('needle');
    await page.getByText('1 found').waitFor({ state: 'attached' });
    await page.getByLabel('Of a model').selectOption({ label: 'Tuned model' });
    await rows.filter({ hasText: 'needle one' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const remove = async () => {
      await page.getByRole('button', { name: 'More for needle one' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await rows.first().waitFor({ state: 'detached' });
    };
    await remove();
    await page.getByRole('button', { name: 'Undo' }).click();
    await rows.filter({ hasText: 'needle one' }).waitFor();
    await remove();
    const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect((await gone).status()).toBe(200);
  });

  it('leaves the focus where a person can go on from, once it is renamed, deleted and had again', async () => {
    const { address } = await kept('focus two');
    await kept('focus one');
    const page = await openPage(pathOf(address));
    await page.getByRole('button', { name: 'Rename' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Title of the comparison' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Rename');
    await page.getByRole('link', { name: 'Kept comparisons' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Kept comparisons' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    await page.getByRole('searchbox', { name: 'Search comparisons' }).fill('focus');
    await page.getByText('2 found').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'More for focus one' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete' }).focus();
    await page.keyboard.press('Enter');
    const isOn = (words: string) =>
      page.waitForFunction((name) => document.activeElement?.matches('.opener') && document.activeElement.textContent?.includes(name), words);
    await isOn('focus two');
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'focus one' }).waitFor();
    await isOn('focus two');
  });

  it('that is not there says so, and offers the ways', async () => {
    const page = await openPage('/comparisons/0192ac00-0000-7000-8000-000000000000', { expects: /404/ });
    await page.getByRole('heading', { level: 1, name: 'This comparison is not on the server' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Kept comparisons' }).click();
    await page.getByRole('heading', { level: 1, name: 'Kept comparisons' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('is voted on by key: once for each turn, however many tabs vote', async () => {
    const { compare, address } = await kept('to be voted on');
    const { page } = compare;
    await page.locator('.prompt').last().focus();
    await page.keyboard.press('2');
    await voted(page).filter({ hasText: 'right' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(address);
    await voted(other).filter({ hasText: 'right' }).waitFor();
    await other.getByText('1 vote: 1 for Two Delta').waitFor();
    await Promise.all([page.keyboard.press('1'), other.getByRole('button', { name: 'both bad' }).click()]);
    await voted(page).filter({ hasText: 'left' }).waitFor();
    // it asks what counts now: the last word, whichever that was
    await voted(other)
      .filter({ hasText: /both bad|left/ })
      .waitFor();
    await other.reload();
    await other.getByText(/^1 vote: /).waitFor();
    await other.locator('body').press('0');
    await other.getByText('1 vote: 1 tie').waitFor();
  });

  it('counts once where two tabs vote that knew of no vote', async () => {
    const { address } = await kept('at once');
    const page = await openPage(pathOf(address), { expects: /409/ });
    const other = await page.context().newPage();
    await other.goto(address);
    for (const tab of [page, other]) await tab.getByRole('button', { name: 'tie', exact: true }).waitFor();
    await Promise.all([page.getByRole('button', { name: 'left', exact: true }).click(), other.getByRole('button', { name: 'right', exact: true }).click()]);
    await Promise.all([page, other].map((tab) => voted(tab).waitFor()));
    await page.reload();
    await page.getByText(/^1 vote: 1 for/).waitFor();
  });

  it('takes no vote from keys that write something', async () => {
    const { address } = await kept('typing');
    const page = await openPage(pathOf(address));
    const vote = page.waitForRequest((request) => request.url().endsWith('/votes') && request.method() !== 'GET');
    await page.getByRole('textbox', { name: 'Note' }).pressSequentially('1 and 2');
    await page.locator('.prompt').press('0');
    expect((await vote).postDataJSON()).toEqual({ turn: 0, choice: 'tie' });
  });
});

describe('a vote on what is not kept', () => {
  const { app, open } = useKept();
  const count = async () => ((await (await fetch(`${app().url}/api/comparisons`)).json()) as { comparisons: object[] }).comparisons.length;

  it('says what it would keep; without a yes nothing is kept, and after one it counts', async () => {
    const compare = await open();
    const { page } = compare;
    await compare.ask('worth a vote');
    await compare.untilIdle();
    await page.locator('.prompt').focus();
    await page.keyboard.press('2');
    const dialog = page.getByRole('dialog', { name: 'A vote is kept on the server' });
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await count()).toBe(0);
    await page.locator('.prompt').focus();
    await page.keyboard.press('2');
    await dialog.getByRole('checkbox', { name: 'Voting keeps a comparison without asking' }).check();
    await dialog.getByRole('button', { name: 'Keep and vote' }).click();
    await voted(page).filter({ hasText: 'right' }).waitFor();
    expect(await count()).toBe(1);
    await compare.beginAnew();
    await compare.ask('and another');
    await compare.untilIdle();
    await page.getByRole('button', { name: 'left', exact: true }).click();
    await voted(page).filter({ hasText: 'left' }).waitFor();
    expect(await count()).toBe(2);
    const summary = (await (await fetch(`${app().url}/api/votes/summary?baseline=plain-model&derivative=tuned-model`)).json()) as { counts: object };
    expect(summary.counts).toEqual({ baseline: 1, derivative: 1, tie: 0, both_bad: 0 });
  });
});

describe('where the server can keep nothing', () => {
  const { open } = useKept({ DATA_DIR: '/dev/null' });

  it('says why, and goes on comparing', async () => {
    const compare = await open({ expects: /503/ });
    const { page } = compare;
    await compare.ask('one');
    await compare.untilIdle();
    await page.getByRole('button', { name: /^Keep/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Keep and share' });
    await dialog.getByText('The server can keep nothing now:').waitFor();
    expect(await dialog.getByRole('button', { name: /^Keep/ }).isDisabled()).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await compare.ask('two');
    await compare.untilIdle();
    expect((await compare.baseline.text()).trim()).toBe('two plainly');
    await page.getByRole('button', { name: 'Earlier comparisons' }).click();
    await page.getByRole('radio', { name: 'On the server' }).check();
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  });
});
