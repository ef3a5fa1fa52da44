import { eventually } from '@tandem/testing';
import { type Locator, type Page } from 'playwright-core';
import { type Echo, ENDLESS, startEcho } from './start-echo';
import { smallTargets } from './small-targets';
import { usePage } from './use-page';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const CODE = `Run:\n\n\`\`\`js\nconst line = [${'1, '.repeat(60)}];\n\`\`\`\n`;

const heightOf = async (page: Page, selector: string): Promise<number> => {
  const box = await page.locator(selector).filter({ visible: true }).first().boundingBox();
  return box?.height ?? 0;
};
/** Once it has come in. */
const leftOf = (drawer: Locator): Promise<number> => drawer.evaluate((element: HTMLElement) => element.offsetLeft);
const widthBeyond = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe('the page on every screen', () => {
  let echo: Echo;
  const { open, openChat, openPage } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 100 });
    return {
      BASELINE_MODELS: JSON.stringify([{ name: 'A baseline with a long name', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Its derivative', endpoint: echo.endpoint }]),
    };
  });
  afterAll(() => echo.close());

  it('leaves the answers most of a window of 1280 × 800', async () => {
    const compare = await open();
    await compare.ask('one two three');
    await compare.untilIdle();
    const chrome = (await heightOf(compare.page, '.heads')) + (await heightOf(compare.page, 'tandem-compare-dock'));
    expect(chrome).toBeGreaterThan(0);
    expect(chrome + (await heightOf(compare.page, 'tandem-spine'))).toBeLessThan(220);
  });

  it('tells on a phone how two answers differ in two rows, once both have ended', async () => {
    const compare = await open(PHONE);
    const { page } = compare;
    await compare.ask('word '.repeat(150));
    await page.locator('tandem-spine').waitFor();
    expect(await heightOf(page, 'tandem-spine')).toBeLessThan(95);
    await page.getByRole('combobox', { name: 'View' }).selectOption('Words');
    await compare.baseline.cell.getByText('The two texts are the same.').waitFor();
    await page.getByRole('button', { name: 'More for this turn' }).click();
    await page.getByRole('menuitem', { name: 'Continue from: Two Delta’s answer' }).click();
    await page.getByText('Both sides go on from Two Delta’s answer.').waitFor();
    await page.getByRole('button', { name: 'More for this turn' }).click();
    await page.getByRole('menuitem', { name: 'Repeat 5×' }).click();
    await page.locator('.runs', { hasText: /^Baseline\d of 5 runs/i }).waitFor();
  });

  it('has all its pages and its settings in one row on a phone', async () => {
    const { page } = await open(PHONE);
    await page.getByRole('link', { name: 'Runs' }).waitFor();
    expect(await heightOf(page, 'header')).toBeLessThan(60);
  });

  it('shows nothing where there is nothing to say', async () => {
    for (const page of [(await open()).page, (await openChat()).page]) {
      const seen = await page.locator('.notes').evaluate((notes: HTMLElement) => [notes.offsetHeight, getComputedStyle(notes).boxShadow]);
      expect(seen).toEqual([0, 'none']);
    }
  });

  it('is as high in a dialog as what is in it', async () => {
    const { page } = await open(PHONE);
    await page.getByRole('button', { name: 'Settings' }).click();
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    const free = await dialog.evaluate((element) => element.clientHeight - (element.querySelector('.sheet')?.clientHeight ?? 0));
    expect(free).toBeLessThan(2);
  });

  it('has its history at the left, over a narrow page, with a way to undo what is done there', async () => {
    const compare = await open(PHONE);
    const { page } = compare;
    await compare.ask('one two three');
    await compare.untilIdle();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Earlier comparisons' }).click();
    const list = page.getByRole('complementary', { name: 'Earlier comparisons' });
    await list.getByRole('button', { name: 'More for one two three' }).click();
    expect(await leftOf(list)).toBe(0);
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await list.getByRole('button', { name: 'Undo' }).click();
    await list.getByRole('button', { name: 'More for one two three' }).waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    const chat = await openChat(PHONE);
    await chat.page.getByRole('button', { name: 'Conversations', exact: true }).click();
    expect(await leftOf(chat.page.getByRole('complementary', { name: 'Conversations' }))).toBe(0);
  });

  it('says whom a prompt goes to while answers are made', async () => {
    const compare = await open({ viewport: { width: 768, height: 1024 } });
    await compare.ask(ENDLESS);
    await compare.baseline.untilLonger(20);
    const { width = 0 } = (await compare.page.getByRole('textbox', { name: 'Ask both models' }).boundingBox()) ?? {};
    expect(width).toBeGreaterThan(100);
    await compare.page.getByRole('button', { name: 'Stop all' }).click();
  });

  it('has no spine while an answer grows', async () => {
    const compare = await open(PHONE);
    await compare.ask(ENDLESS);
    await compare.baseline.untilLonger(20);
    expect(await compare.page.locator('tandem-spine').count()).toBe(0);
    await compare.page.getByRole('button', { name: 'Stop all' }).click();
    await compare.page.locator('tandem-spine').waitFor();
  });

  it('draws nothing over the pages while there is nothing to say', async () => {
    for (const path of ['/', '/chat', '/comparisons']) {
      const page = await openPage(path);
      await page.locator('.notes tandem-undo-note').waitFor({ state: 'attached' });
      expect(await page.locator('.notes:has(tandem-undo-note)').evaluate((box) => [box.clientHeight, box.clientTop])).toEqual([0, 0]);
    }
  });

  it('has one line between the sides, from the heads down', async () => {
    const compare = await open({ viewport: { width: 1280, height: 800 } });
    await compare.ask('one two three');
    await compare.untilIdle();
    const head = await compare.page.locator('tandem-pane-head').first().boundingBox();
    const line = await compare.page.locator('tandem-divider i').boundingBox();
    expect(line?.x).toBeCloseTo((head?.x ?? 0) + (head?.width ?? 0) - 1, 1);
  });

  it('leaves room to write where it is zoomed to 200 %', async () => {
    const { page } = await open({ viewport: { width: 640, height: 400 } });
    const box = await page.getByRole('textbox', { name: 'Ask both models' }).boundingBox();
    expect(box?.width).toBeGreaterThan(160);
  });

  it('opens a dialog on a phone as high as what it says', async () => {
    const { page } = await open(PHONE);
    await page.getByRole('button', { name: 'Settings' }).click();
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    await dialog.waitFor();
    expect((await dialog.boundingBox())?.height).toBeLessThan(740 - 48);
    expect(await dialog.evaluate((box) => box.clientHeight - (box.firstElementChild?.clientHeight ?? 0))).toBe(0);
  });

  it('has a way to the list, to swapping and to stacking where the heads have no room for them', async () => {
    const { page } = await open({ viewport: { width: 768, height: 1024 } });
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await eventually(async () =>
      expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(expect.arrayContaining(['Earlier comparisons', 'Swap sides', 'Stack by turn'])),
    );
  });

  it('is pressed by a finger: nothing is smaller than 44 px', async () => {
    const compare = await open(PHONE);
    const { page } = compare;
    await compare.ask('one two three');
    await page.locator('tandem-spine').waitFor();
    expect(await smallTargets(page)).toEqual([]);
    for (const dialog of ['Settings', 'Parameters']) {
      await page.getByRole('button', { name: dialog }).click();
      await page.getByRole('dialog', { name: dialog }).waitFor();
      expect(await smallTargets(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    const chat = await openChat(PHONE);
    expect(await smallTargets(chat.page)).toEqual([]);
    const models = await openPage('/models', PHONE);
    await models.getByRole('table').waitFor();
    expect(await smallTargets(models)).toEqual([]);
    await models.getByRole('button', { name: 'Add a model' }).click();
    await models.getByRole('dialog').waitFor();
    expect(await smallTargets(models)).toEqual([]);
  });

  it('is printed light, with the names and every line of code in full, whatever its theme', async () => {
    const compare = await open({ viewport: { width: 720, height: 1000 }, colorScheme: 'dark' });
    const { page } = compare;
    await compare.ask(CODE);
    await compare.untilIdle();
    await page.locator('.code-frame').first().waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const paper = await page.evaluate(() => {
      const isCut = (selector: string): boolean =>
        [...document.querySelectorAll(selector)].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1);
      return { scheme: getComputedStyle(document.documentElement).colorScheme, cut: ['pre', '.title', 'tandem-readouts'].filter(isCut) };
    });
    expect(paper).toEqual({ scheme: 'light', cut: [] });
    expect(await page.getByRole('button', { name: 'Copy' }).filter({ visible: true }).count()).toBe(0);
  });

  // as a window of 1280 × 800 is at a zoom of 200 %
  it.each(['/', '/chat', '/models'])('loses nothing of %s at a zoom of 200 %%', async (path) => {
    const page = await openPage(path, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    expect(await widthBeyond(page)).toBe(0);
    const last = path === '/models' ? page.getByRole('link', { name: 'Chat with Its derivative' }) : page.getByRole('button', { name: 'Parameters' });
    await last.scrollIntoViewIfNeeded();
    await last.click({ trial: true });
  });
});
