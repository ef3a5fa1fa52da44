import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { CompareDriver } from './compare-driver';
import { connectChromium } from './connect-chromium';
import { type RunningApp, startApp } from './start-app';

export interface OpenOptions extends BrowserContextOptions {
  /** Path and query. Default "/". */
  readonly path?: string;
  /** Another way to the server. Default: straight. */
  readonly origin?: string;
  /** Runs before the page's own scripts. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Console errors that this test causes on purpose. */
  readonly expects?: RegExp;
}

export interface PageUnderTest {
  readonly app: () => RunningApp;
  open(options?: OpenOptions): Promise<CompareDriver>;
}

/**
 * A real browser and a real server for the tests of one file. After each test every page is closed, and none may have
 * asked anything of another origin or left an error in the console.
 */
export function usePage(environment: () => Promise<Record<string, string>> = async () => ({})): PageUnderTest {
  let browser: Browser;
  let app: RunningApp;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = await startApp(await environment());
    browser = await connectChromium();
  }, 60_000);

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  return {
    app: () => app,
    open: async ({ path = '/', origin = app.url, prepare, expects, ...options } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.on('request', (request) => {
        if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) complaints.push(`left the origin: ${request.url()}`);
      });
      page.on('pageerror', (error) => complaints.push(`threw: ${error.message}`));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()) && !expects?.test(message.text())) complaints.push(message.text());
      });
      await prepare?.(page);
      await page.goto(origin + path);
      const compare = new CompareDriver(page);
      await compare.composer.waitFor();
      if (!expects) await compare.untilReady();
      return compare;
    },
  };
}
