import { eventually, PATIENCE_MS } from '@tandem/testing';
import { type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { CompareDriver, PaneDriver } from './compare-driver';
import { ENDLESS } from './start-echo';
import { useKept, voted } from './use-kept';

const NAMES = /plain.model|tuned.model/i;
const FIGURES = /tok\/s|pieces|first token/;

/** A side of which nobody knows who it is. */
const veiled = (page: Page, place: 'Left' | 'Right') => {
  const cell = page.getByRole('group', { name: new RegExp(`^${place}, answer`) }).last();
  return { cell, answer: cell.locator('.prose').last(), head: page.getByRole('region', { name: place, exact: true }) };
};

const blindOn = ({ page }: CompareDriver) => page.getByRole('button', { name: /^Blind/ }).click();

/** Has the page write down all that it is answered, as it comes over the wire. */
const listening = (page: Page) =>
  page.addInitScript(() => {
    const heard: [string, Promise<string>][] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (...request) => {
      const response = await fetch(...request);
      heard.push([new URL(response.url).pathname, response.clone().text()]);
      return response;
    };
    Object.assign(globalThis, { heard });
  });

/** What it was answered since it began, or since this was asked last. */
const heard = (page: Page): Promise<[string, string][]> =>
  page.evaluate(() => {
    const { heard } = globalThis as unknown as { heard: [string, Promise<string>][] };
    return Promise.all(heard.splice(0).map(async ([path, body]): Promise<[string, string]> => [path, await body]));
  });

describe('a blind prompt', () => {
  const { app, hold, open } = useKept();
  const summary = async () => {
    const answer = await fetch(`${app().url}/api/votes/summary?baseline=plain-model&derivative=tuned-model&blind=true`);
    return ((await answer.json()) as { counts: Record<string, number> }).counts;
  };

  it('tells nobody who answers, neither on the page nor on the wire, until the vote brings it to light', async () => {
    const compare = await open({ prepare: async (each) => void (await listening(each)) });
    const { page } = compare;
    await blindOn(compare);
    await heard(page);
    await compare.ask('which is which');
    await compare.untilIdle();
    const [left, right] = [veiled(page, 'Left'), veiled(page, 'Right')];
    for (const { answer, head } of [left, right]) {
      await answer.filter({ hasText: /which is which (plainly|in tune)/ }).waitFor();
      await head.waitFor();
    }
    const shown = await page.evaluate(() => document.documentElement.outerHTML);
    expect(shown).not.toMatch(NAMES);
    expect(await page.locator('main').innerText()).not.toMatch(FIGURES);
    const told = await heard(page);
    const paths = told.map(([path]) => path);
    expect([paths.filter((path) => path.startsWith('/stream/')).length, paths.filter((path) => path === '/api/blind').length]).toEqual([2, 1]);
    for (const [, body] of told) expect(body).not.toMatch(/plain.model|tuned.model|usage|timings|seed|"model"/i);
    expect(await axeFindings(page)).toEqual([]);
    const isPlainLeft = (await left.answer.innerText()).includes('plainly');
    await page.getByRole('button', { name: 'left', exact: true, disabled: false }).waitFor();
    await page.locator('.prompt').focus();
    await page.keyboard.press('1');
    await page
      .getByText(`Left was ${isPlainLeft ? 'Plain model, right was Tuned model' : 'Tuned model, right was Plain model'}.`)
      .first()
      .waitFor();
    expect((await compare.baseline.text()).trim()).toBe('which is which plainly');
    expect((await compare.derivative.text()).trim()).toBe('which is which in tune');
    expect(await compare.baseline.cell.innerText()).toMatch(FIGURES);
    await voted(page)
      .filter({ hasText: isPlainLeft ? 'left' : 'right' })
      .waitFor();
    await page.getByRole('button', { name: 'tie', exact: true, disabled: true }).waitFor();
    expect(await summary()).toMatchObject(isPlainLeft ? { baseline: 1, derivative: 0 } : { baseline: 0, derivative: 1 });
    expect(await axeFindings(page)).toEqual([]);
    await page.reload();
    await page
      .getByText(/^Asked blind/)
      .first()
      .waitFor();
  });

  it('outlives a reload in the middle of its answers, and is still nobody’s', async () => {
    const compare = await open();
    const { page } = compare;
    await blindOn(compare);
    const release = hold();
    await compare.ask(Array.from({ length: 400 }, (_, at) => `word${at}`).join(' '));
    await veiled(page, 'Left').answer.filter({ hasText: 'word3' }).waitFor();
    await page.reload();
    await veiled(page, 'Left').answer.filter({ hasText: 'word3' }).waitFor();
    release();
    await compare.untilIdle();
    await veiled(page, 'Right').answer.filter({ hasText: 'word399' }).waitFor();
    await veiled(page, 'Left').answer.filter({ hasText: 'word399' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(NAMES);
    await page.getByRole('button', { name: 'tie', exact: true }).click();
    await page
      .getByText(/^Asked blind/)
      .first()
      .waitFor();
  });

  it('is stopped like any other, takes no vote before its end, and is kept only with its names', async () => {
    const compare = await open();
    const { page } = compare;
    await blindOn(compare);
    await compare.ask(ENDLESS);
    await veiled(page, 'Left').answer.filter({ hasText: 'word3' }).waitFor();
    expect(await page.getByRole('button', { name: 'left', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Stop all' }).click();
    await compare.untilIdle();
    await page.getByRole('button', { name: /^Keep/ }).click();
    await page.getByText('Vote on the blind turn first').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'both bad', exact: true }).click();
    await page
      .getByText(/^Asked blind/)
      .first()
      .waitFor();
    await new PaneDriver(page, 'Baseline').cell.waitFor();
  });
});

describe('a blind prompt in two tabs', () => {
  const { app, open } = useKept();
  const REVEALED = /^Asked blind/;
  const VOTE = '**/api/blind/*/vote';
  const revealed = ({ page }: CompareDriver) => page.getByText(REVEALED).first();
  const votes = async () => {
    const answer = await fetch(`${app().url}/api/votes/summary?baseline=plain-model&derivative=tuned-model&blind=true`);
    return Object.values(((await answer.json()) as { counts: Record<string, number> }).counts).reduce((sum, count) => sum + count, 0);
  };
  /** The same prompt in both, answered, before any vote. */
  const inBoth = async (prompt: string) => {
    const compare = await open({ expects: /409|ERR_FAILED/ });
    await blindOn(compare);
    await compare.ask(prompt);
    await compare.untilIdle();
    const other = new CompareDriver(await compare.page.context().newPage());
    await other.page.goto(new URL('/', compare.page.url()).href);
    await other.untilReady();
    await other.page.getByRole('button', { name: 'Earlier comparisons' }).click();
    await other.page
      .getByRole('region', { name: 'Comparisons' })
      .getByRole('button', { name: new RegExp(`^${prompt}`) })
      .click();
    await veiled(other.page, 'Left').answer.filter({ hasText: prompt }).waitFor();
    return { compare, other };
  };
  const press = ({ page }: CompareDriver, name: string) => page.getByRole('button', { name, exact: true }).click();
  const told = async (compare: CompareDriver) => [
    await revealed(compare).innerText(),
    (await compare.baseline.text()).trim(),
    (await compare.derivative.text()).trim(),
    await voted(compare.page).innerText(),
  ];

  it('comes to light in both with the vote of one', async () => {
    const { compare, other } = await inBoth('voted on there');
    await press(other, 'left');
    for (const tab of [other, compare]) await revealed(tab).waitFor();
    await eventually(async () => expect(await told(compare)).toEqual(await told(other)));
  });

  it('comes to light in both where both vote at once, and counts once', async () => {
    const { compare, other } = await inBoth('voted on twice');
    const before = await votes();
    // neither vote is heard of before the other is on its way
    const both = Promise.all([compare, other].map(({ page }) => page.waitForRequest(VOTE)));
    for (const { page } of [compare, other]) await page.route(VOTE, (route) => both.then(() => route.continue()));
    await Promise.all([press(compare, 'left'), press(other, 'both bad')]);
    for (const tab of [compare, other]) await revealed(tab).waitFor();
    await eventually(async () => expect(await told(compare)).toEqual(await told(other)));
    expect(await votes()).toBe(before + 1);
  });

  it('comes to light where the answer to the vote was lost', async () => {
    const { compare, other } = await inBoth('voted on unheard');
    await other.page.route(VOTE, async (route) => {
      await route.fetch({ timeout: PATIENCE_MS });
      await route.abort();
    });
    const unheard = other.page.waitForRequest(VOTE);
    await press(other, 'right');
    await other.page.getByText('The Tandem server cannot be reached').first().waitFor();
    await press(compare, 'left');
    for (const tab of [compare, other]) await revealed(tab).waitFor();
    await eventually(async () => expect(await told(compare)).toEqual(await told(other)));
    // who stood there is the server's draw
    const counted = await compare.page.evaluate((address) => fetch(address).then((answer) => answer.json()), (await unheard).url());
    expect(counted).toMatchObject({ choice: 'right' });
  });
});

describe('a blind prompt where nothing can be kept', () => {
  const { open } = useKept({ DATA_DIR: '/dev/null' });

  it('says why at both sides, under their names', async () => {
    const compare = await open({ expects: /503/ });
    await blindOn(compare);
    await compare.ask('one');
    await compare.untilIdle();
    for (const pane of [compare.baseline, compare.derivative]) await pane.cell.getByText('Nothing can be kept now').waitFor();
  });
});
