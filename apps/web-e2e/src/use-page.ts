import { PATIENCE_MS } from '@tandem/testing';
import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { ChatDriver } from './chat-driver';
import { CompareDriver } from './compare-driver';
import { connectChromium } from './connect-chromium';
import { sharedApp } from './shared-app';
import { type RunningApp, startApp } from './start-app';

export interface OpenOptions extends BrowserContextOptions {
  /** Path and query. Default: those of the page that is opened. */
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
  /** The page to compare on, once its models are known, unless the test expects errors. */
  open(options?: OpenOptions): Promise<CompareDriver>;
  /** The chat page, once its model is known. */
  openChat(options?: OpenOptions): Promise<ChatDriver>;
  /** Any page, by its path; as soon as it is loaded. */
  openPage(path: string, options?: OpenOptions): Promise<Page>;
}

/**
 * A real browser and a real server for the tests of one file: one of their own where they say how it is set up, else one that they leave
 * as they found it, for other files. After each test every page is closed, and none may have
 * asked anything of another origin or left an error in the console.
 */
export function usePage(environment?: () => Promise<Record<string, string>>): PageUnderTest {
  let browser: Browser;
  let app: RunningApp;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = environment === undefined ? await sharedApp() : await startApp(await environment());
    browser = await connectChromium();
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const openPage = async (defaultPath: string, { path = defaultPath, origin = app.url, prepare, expects, ...options }: OpenOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
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
    return page;
  };

  return {
    app: () => app,
    openPage,
    open: async (options = {}) => {
      const compare = new CompareDriver(await openPage('/', options));
      await compare.composer.waitFor();
      if (!options.expects) await compare.untilReady();
      return compare;
    },
    openChat: async (options = {}) => {
      const chat = new ChatDriver(await openPage('/chat', options), options.origin ?? app.url);
      await chat.untilReady();
      return chat;
    },
  };
}
