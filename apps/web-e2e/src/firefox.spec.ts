import { existsSync } from 'node:fs';
import { PATIENCE_MS } from '@tandem/testing';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { type RunningApp, startApp } from './start-app';
import { type Echo, ENDLESS, startEcho } from './start-echo';

/** Debian's. */
const FIREFOX = '/usr/bin/firefox-esr';
const CHAT = 'Tandem tiny chat';
const describeWithFirefox = existsSync(FIREFOX) || process.env['CI'] === 'true' ? describe : describe.skip;

describeWithFirefox('in Firefox', () => {
  let browser: Browser;
  let app: RunningApp;
  let echo: Echo;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    echo = await startEcho({ tokensPerSecond: 50 });
    app = await startApp({
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: CHAT, endpoint: 'local:sft/tandem-tiny-chat.gguf', parameters: { temperature: 0 } }]),
    });
    browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true, timeout: PATIENCE_MS });
  });

  beforeEach(async () => {
    const context = await browser.createBrowserContext();
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.setViewport({ width: 1280, height: 800 });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${app.url}/`) && !request.url().startsWith('data:')) complaints.push(`left the origin: ${request.url()}`);
    });
    page.on('pageerror', (error) => complaints.push(`threw: ${String(error)}`));
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
    });
  });

  afterEach(async () => {
    await page.browserContext().close();
    expect(complaints.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
    await echo.close();
  });

  const goto = (path: string) => page.goto(app.url + path);
  const named = (name: string) => page.locator(`::-p-aria(${name})`);
  const press = (name: string) => named(name).click();
  /** Waits until the element says one of these words. */
  const untilSays = (selector: string, words: RegExp) =>
    page.waitForFunction(
      (css, source) => new RegExp(source, 's').test([...document.querySelectorAll<HTMLElement>(css)].at(-1)?.innerText ?? ''),
      {},
      selector,
      words.source,
    );
  const write = async (text: string): Promise<void> => {
    const composer = page.locator('textarea');
    await composer.wait();
    await composer.fill(text);
  };

  it('compares: both answer, and the spine says how they differ', async () => {
    await goto('/');
    await untilSays('tandem-root', /Tandem tiny chat/);
    await write('What is Tandem?');
    await press('Send');
    await untilSays('[data-side=baseline] .prose', /^What is Tandem\?$/);
    await untilSays('[data-side=derivative] .prose', /Tandem/);
    await untilSays('tandem-spine', /first difference/i);
    await page.reload();
    await untilSays('[data-side=baseline] .prose', /^What is Tandem\?$/);
  });

  it('stops with Escape, and keeps what had come', async () => {
    await goto('/');
    await untilSays('tandem-root', /Tandem tiny chat/);
    await write(ENDLESS);
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
    await untilSays('[data-side=baseline] .prose', /word5/);
    await page.keyboard.down('Shift');
    await page.keyboard.press('Escape');
    await page.keyboard.up('Shift');
    await untilSays('[data-side=baseline] .state', /stopped by you/);
    await untilSays('[data-side=baseline] .prose', /word5/);
  });

  it('chats with a checkpoint, and has the conversation again after a reload', async () => {
    await goto('/chat');
    await page.locator('button[aria-label^="Chat model"]').click();
    await page.locator(`[role=option] ::-p-text(${CHAT})`).click();
    await write('What is Tandem?');
    await page.keyboard.press('Enter');
    await untilSays('tandem-answer .state', /done/);
    await untilSays('tandem-answer tandem-markdown', /Tandem/);
    await page.reload();
    await untilSays('tandem-answer tandem-markdown', /Tandem/);
  });

  it('lists the models, and goes from there to a chat', async () => {
    await goto('/models');
    await untilSays('main', /Tandem tiny chat.*Echo|Echo.*Tandem tiny chat/);
    await press('Chat with Echo');
    await page.locator('textarea[aria-label="Message Echo"]').wait();
  });
});
