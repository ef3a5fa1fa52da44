import { chromium } from 'playwright-core';

const PROMPT = 'Tell me a long story about a dog.';

/** The longest task on the page's main thread while both panes stream, in milliseconds; 0 when none took over 50 ms. */
export async function measurePage(origin) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${origin}/?prompt=${encodeURIComponent(PROMPT)}`);
    await page.getByRole('button', { name: /^send/i }).waitFor();
    await page.evaluate(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      });
    });
    await page.getByRole('textbox', { name: /ask both|prompt/i }).press('Control+Enter');
    await page.getByText(/^done/i).nth(1).waitFor({ timeout: 60_000 });
    const tasks = await page.evaluate(() => window.longTasks);
    return [{ 'tasks over 50 ms': tasks.length, 'longest (ms)': Math.round(Math.max(0, ...tasks)) }];
  } finally {
    await browser.close();
  }
}
