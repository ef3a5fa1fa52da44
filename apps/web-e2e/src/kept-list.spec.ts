import { eventually } from '@tandem/testing';
import { type Page } from 'playwright-core';
import { useKept, voted } from './use-kept';

/** More than two pages of the list. */
const COUNT = 60;

const answer = (model: string) => ({ model, text: `as ${model} says`, finish_reason: 'stop' });

/** Has a server keep one turn of two models. Gives its id. */
async function add(origin: string, title: string, baseline: string, derivative: string): Promise<string> {
  const turns = [{ prompt: title, baseline: answer(baseline), derivative: answer(derivative) }];
  const headers = { 'Content-Type': 'application/json' };
  const kept = await fetch(`${origin}/api/comparisons`, { method: 'POST', headers, body: JSON.stringify({ title, baseline, derivative, turns }) });
  return ((await kept.json()) as { comparison: { id: string } }).comparison.id;
}

describe('the list of kept comparisons', () => {
  const { app, openPage } = useKept();

  beforeAll(async () => {
    for (let n = 1; n <= COUNT; n++) await add(app().url, `kept ${String(n).padStart(2, '0')}`, 'plain-model', 'tuned-model');
  });

  const rows = (page: Page) => page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem');
  const row = (page: Page, title: string) => page.getByRole('link', { name: title });
  const further = (page: Page) => page.getByRole('button', { name: 'Show more' });

  it('comes page by page with the keyboard alone, each row once; one of a later page is opened and voted on by key', async () => {
    // so tall that nothing comes by scrolling
    const page = await openPage('/comparisons', { viewport: { width: 1280, height: 6_000 } });
    await row(page, 'kept 60').waitFor();
    const first = await rows(page).count();
    expect(first).toBeLessThan(COUNT);
    await further(page).focus();
    await page.keyboard.press('Enter');
    await rows(page).nth(first).waitFor();
    // who goes on reads the first row that is new
    await page.waitForFunction((at) => document.activeElement === document.querySelectorAll('tandem-history-row .opener')[at], first);
    while ((await further(page).count()) > 0) {
      const before = await rows(page).count();
      await further(page).focus();
      await page.keyboard.press('Enter');
      await rows(page).nth(before).waitFor();
      await page.waitForFunction((at) => document.activeElement === document.querySelectorAll('tandem-history-row .opener')[at], before);
    }
    const titles = await page.locator('tandem-history-row .opener .title').allInnerTexts();
    expect(titles).toEqual(Array.from({ length: COUNT }, (_, n) => `kept ${String(COUNT - n).padStart(2, '0')}`));
    await row(page, 'kept 03').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'kept 03' }).waitFor();
    await page.getByRole('button', { name: 'left', exact: true }).waitFor();
    await page.keyboard.press('2');
    await voted(page).filter({ hasText: 'right' }).waitFor();
    await page.getByText('1 vote: 1 for Two Delta').waitFor();
  });

  it('finds what stands on a later page, and comes further when it is scrolled', async () => {
    const page = await openPage('/comparisons');
    await row(page, 'kept 60').waitFor();
    await page.getByRole('searchbox', { name: 'Search comparisons' }).fill('kept 02');
    await row(page, 'kept 02').waitFor();
    await page.getByText('1 found').waitFor({ state: 'attached' });
    await page.getByRole('searchbox', { name: 'Search comparisons' }).fill('');
    await row(page, 'kept 60').waitFor();
    while ((await row(page, 'kept 01').count()) === 0) {
      await rows(page).last().scrollIntoViewIfNeeded();
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    }
    expect(await rows(page).count()).toBe(COUNT);
  });
});

describe('models by votes', () => {
  const { app, openPage } = useKept();
  const vote = (comparison: string, choice: string, voter: number) =>
    fetch(`${app().url}/api/comparisons/${comparison}/votes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: `tandem_voter=${String(voter).padStart(22, 'v')}` },
      body: JSON.stringify({ turn: 0, choice }),
    });

  it('stand beside the list from three on, the strongest first', async () => {
    const [one, other] = [await add(app().url, 'a and b', 'plain-model', 'tuned-model'), await add(app().url, 'b and c', 'tuned-model', 'third-model')];
    // of four, three for the first: ln 3 above the second by Bradley and Terry; of two, one for each
    for (const [voter, choice] of ['baseline', 'baseline', 'baseline', 'derivative'].entries()) await vote(one, choice, voter);
    for (const [voter, choice] of ['baseline', 'derivative'].entries()) await vote(other, choice, voter);
    const page = await openPage('/comparisons');
    const table = page.getByRole('region', { name: 'Models by votes' }).getByRole('table');
    const read = async () => (await table.getByRole('row').allInnerTexts()).slice(1).map((line) => line.split(/\s*\t\s*/).map((cell) => cell.trim()));
    const withoutStrength = ([name, , ...counts]: readonly string[]) => [name, ...counts];
    // the models' names come with another answer than the votes
    await eventually(async () => {
      const [first = [], ...others] = await read();
      expect(withoutStrength(first)).toEqual(['Plain model', '3', '1', '0']);
      expect(others.map(withoutStrength).toSorted()).toEqual([
        ['Tuned model', '2', '4', '0'],
        ['third-model', '1', '1', '0'],
      ]);
    });
    const [first = [], ...others] = await read();
    const numberOf = (told = ''): number => Number(told.replace('−', '-'));
    for (const [, strength] of others) expect(numberOf(first[1]) - numberOf(strength)).toBeCloseTo(Math.log(3), 1);
    await page.getByRole('radio', { name: 'Blind only' }).check();
    await page.getByText('No such votes yet.').waitFor();
  });
});
