import { type Locator, type Page } from 'playwright-core';

/** Where a run stands, in words. */
export const runState = (page: Page): Locator => page.getByRole('status').filter({ hasText: 'answered' });
export const rowsOf = (page: Page): Locator => page.getByRole('table', { name: 'Items' }).locator('.row');

/** Has a text taken as a prompt set. */
export async function paste(page: Page, text: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste prompts' }).click();
  await page.getByLabel(/^Prompts, one a line/).fill(text);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Use these prompts' }).click();
}

/** Starts the run as it stands on the page of a new one, and shows it. */
export async function start(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.waitForURL(/\/runs\/[\w-]{36}$/);
}
