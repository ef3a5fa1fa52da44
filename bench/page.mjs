import { chromium } from 'playwright-core';
import { chromiumPath } from '../apps/web-e2e/src/chromium-path.mjs';

/** Long tasks on the page's main thread while both panes stream, and how long a key press waits for its frame meanwhile. */
export async function measurePage(origin, what) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(origin);
    const composer = page.getByRole('textbox', { name: 'Ask both models' });
    await composer.fill('Go on.');
    await page.evaluate(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      });
    });
    await composer.press('Control+Enter');
    await page.getByRole('button', { name: 'Stop all' }).waitFor();
    const waits = [];
    while (await page.getByRole('button', { name: 'Stop all' }).isVisible()) {
      await composer.focus();
      waits.push(
        await page.evaluate(() => {
          const start = performance.now();
          return new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))));
        }),
      );
      await page.waitForTimeout(200);
    }
    const tasks = await page.evaluate(() => window.longTasks);
    waits.sort((a, b) => a - b);
    return {
      what,
      'tasks over 50 ms': tasks.length,
      'longest task (ms)': tasks.length === 0 ? 'under 50' : Math.round(Math.max(...tasks)),
      'frame, 95th percentile (ms)': Math.round(waits[Math.floor(waits.length * 0.95)]),
    };
  } finally {
    await browser.close();
  }
}
