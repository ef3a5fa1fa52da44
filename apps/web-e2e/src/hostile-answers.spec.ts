import { type Page } from 'playwright-core';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

/** Longest task that a test puts up with on a busy machine, in milliseconds; a quiet one needs less than 50. */
const MOST_MS = 400;

const HOSTILE: readonly (readonly [string, string])[] = [
  ['quotes in each other', '> '.repeat(4_000)],
  ['lists in each other', '1. '.repeat(2_500)],
  ['stars', '*'.repeat(100_000)],
  ['emphasis that never ends', '*a_b '.repeat(1_500)],
  ['brackets', '['.repeat(50_000)],
  ['images in each other', '![a]('.repeat(3_000)],
  ['backticks', `a ${'`'.repeat(100_000)}`],
  ['a table of many columns', `|${'a|'.repeat(10_000)}\n|${'-|'.repeat(10_000)}\n|${'b|'.repeat(10_000)}`],
  ['HTML in each other', '<div>'.repeat(5_000)],
  ['one line', 'word '.repeat(40_000)],
  ['code of one letter', `\`\`\`java\n${'$'.repeat(11_900)}\n\`\`\``],
];

/** The longest task since this was called, in milliseconds; 0 for none that is worth telling. */
async function watchTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = { longestMs: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longestMs = Math.max(seen.longestMs, duration);
    }).observe({ entryTypes: ['longtask'] });
  });
  return () => page.evaluate(() => (window as unknown as { seen: { longestMs: number } }).seen.longestMs);
}

describe('answers that are made to break the page', () => {
  let echo: Echo;
  const { openChat } = usePage(async () => {
    const answers = new Map(HOSTILE);
    echo = await startEcho({ tokensPerSecond: 4_000, answerTo: (name) => `Before.\n\n${answers.get(name) ?? name}\n\nThen **after**.\n` });
    return { BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]), TWODELTA_MODELS: '[]' };
  });
  afterAll(() => echo.close());

  it.each(HOSTILE)('%s are shown, and what comes after is rendered', async (name) => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    await chat.composer.fill(name);
    const longestMs = await watchTasks(page);
    await chat.composer.press('Enter');
    await chat.untilState(/^done/);
    const answer = chat.answers.last().locator('tandem-markdown');
    await answer.locator('strong', { hasText: 'after' }).waitFor();
    expect(await answer.locator('.block').first().innerText()).toBe('Before.');
    const ms = await longestMs();
    if (process.env['FIGURES']) console.log(`${name}: longest task ${Math.round(ms)} ms`);
    expect(ms).toBeLessThan(MOST_MS);
    await page.reload();
    await answer.locator('strong', { hasText: 'after' }).waitFor();
  });
});
