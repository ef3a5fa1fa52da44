import { PATIENCE_MS } from '@tandem/testing';
import { type Browser, type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { connectChromium } from './connect-chromium';
import { type RunningApp, startApp } from './start-app';

const TOKEN = 'a-token-for-the-page';

describe('a server that wants an access token', () => {
  let app: RunningApp;
  let browser: Browser;

  beforeAll(async () => {
    app = await startApp({ ACCESS_TOKENS: TOKEN });
    browser = await connectChromium();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const visit = async (path = '/'): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await page.goto(app.url + path);
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    return page;
  };
  const enter = async (page: Page, token: string): Promise<void> => {
    await page.getByLabel('Access token').fill(token);
    await page.getByLabel('Access token').press('Enter');
  };
  /** The page loads itself again, and throws away what was begun before. */
  const signIn = async (page: Page): Promise<void> => void (await Promise.all([page.waitForEvent('load'), enter(page, TOKEN)]));

  it('asks for it on every page, and shows nothing else', async () => {
    for (const path of ['/', '/chat', '/models']) {
      const page = await visit(path);
      expect(await page.getByRole('textbox').count()).toBe(1);
      expect(await axeFindings(page)).toEqual([]);
    }
  });

  it('says what is wrong with a wrong one, and keeps the focus in the field', async () => {
    const page = await visit();
    await enter(page, 'not-the-token');
    await page.getByRole('alert').getByText('not known here').waitFor();
    expect(await page.getByLabel('Access token').evaluate((box) => box === document.activeElement)).toBe(true);
  });

  it('opens the page that was asked for, stays open over a reload, and keeps the token from scripts', async () => {
    const page = await visit('/models');
    await signIn(page);
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
    await page.getByRole('table').waitFor();
    await page.reload();
    await page.getByRole('table').waitFor();
    expect(await page.evaluate(() => `${document.cookie} ${JSON.stringify({ ...localStorage, ...sessionStorage })}`)).not.toContain(TOKEN);
  });

  it('streams answers to a page that is signed in', async () => {
    const page = await visit();
    await signIn(page);
    await page.getByRole('textbox', { name: /^Ask both/ }).fill('Hello');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('[data-side=derivative] .state', { hasText: /done/ }).waitFor();
  });

  it('asks again once one signs out', async () => {
    const page = await visit();
    await signIn(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    expect(await page.evaluate(async () => (await fetch('/api/models')).status)).toBe(401);
  });
});
