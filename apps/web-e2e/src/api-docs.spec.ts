import { PATIENCE_MS } from '@tandem/testing';
import { type Browser, type BrowserContext } from 'playwright-core';
import { connectChromium } from './connect-chromium';
import { sharedApp } from './shared-app';
import { type RunningApp } from './start-app';

describe('the page that shows the API', () => {
  let app: RunningApp;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    app = await sharedApp();
    browser = await connectChromium();
    context = await browser.newContext();
    context.setDefaultTimeout(PATIENCE_MS);
  });
  afterAll(async () => {
    await browser.close();
  });

  it('lists, opens and tries an operation under the strict security policy, without one complaint', async () => {
    const complaints: string[] = [];
    const page = await context.newPage();
    page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())));
    page.on('pageerror', ({ message }) => void complaints.push(message));
    page.on('request', (request) => void (/^(?:data:|http:\/\/127\.0\.0\.1:)/.test(request.url()) || complaints.push(`left the origin: ${request.url()}`)));

    const answer = await page.goto(`${app.url}/api/docs`);
    const policy = (await answer?.headerValue('content-security-policy')) ?? '';
    expect(policy).toContain("script-src 'self' 'nonce-");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');

    await page.locator('#operations-streaming-streamPost .opblock-summary-control').click();
    await page.locator('#operations-streaming-streamPost').getByText('Server-sent events without names').waitFor();
    const operation = page.locator('#operations-health-isAlive');
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table .response-col_status').filter({ hasText: '200' }).first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('is found with a slash at its end as well', async () => {
    const page = await context.newPage();
    await page.goto(`${app.url}/api/docs/`);
    await page.locator('.opblock').first().waitFor();
    expect(page.url()).toBe(`${app.url}/api/docs`);
  });
});
