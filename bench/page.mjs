import { chromium } from 'playwright-core';
import { chromiumPath } from '../apps/web-e2e/src/chromium-path.mjs';

/** Where an answer streams, and a person's words for what is there. */
const PAGES = {
  compare: { path: '/', composer: /^Ask both/, stop: 'Stop all', what: 'both panes of Compare' },
  chat: { path: '/chat', composer: /^Message /, stop: 'Stop', what: 'one chat' },
};

/**
 * Long tasks on the main thread of a page while it streams, how far what it shows is moved by what comes (cumulative layout shift),
 * and how long a key press waits for its frame meanwhile.
 */
export async function measurePage(origin, what, place = 'compare') {
  const { path, composer: name, stop, what: where } = PAGES[place];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(origin + path);
    const composer = page.getByRole('textbox', { name });
    const running = page.getByRole('button', { name: stop, exact: true });
    await composer.fill('Go on.');
    // the composer grows with what is written
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      window.longTasks = [];
      window.shift = 0;
      const observe = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type });
      observe('longtask', ({ duration }) => window.longTasks.push(duration));
      observe('layout-shift', ({ value, hadRecentInput }) => (window.shift += hadRecentInput ? 0 : value));
    });
    await composer.press('Control+Enter');
    await running.waitFor();
    const waits = [];
    while (await running.isVisible()) {
      await composer.focus();
      waits.push(
        await page.evaluate(() => {
          const start = performance.now();
          return new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))));
        }),
      );
      await page.waitForTimeout(200);
    }
    const { tasks, shift } = await page.evaluate(() => ({ tasks: window.longTasks, shift: window.shift }));
    waits.sort((a, b) => a - b);
    return {
      what: `${what}, ${where}`,
      'tasks over 50 ms': tasks.length,
      'longest task (ms)': tasks.length === 0 ? 'under 50' : Math.round(Math.max(...tasks)),
      'layout shift': Number(shift.toFixed(4)),
      'frame, 95th percentile (ms)': Math.round(waits[Math.floor(waits.length * 0.95)]),
    };
  } finally {
    await browser.close();
  }
}
