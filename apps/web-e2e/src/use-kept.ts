import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { type CompareDriver } from './compare-driver';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

/** A page over a server that keeps things in a folder of its own: two models that say again what they are told, each in its way. */
export function useKept(environment: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-kept-'));
  const echoes: Echo[] = [];
  const page = usePage(async () => {
    const answering = (suffix: string) => startEcho({ tokensPerSecond: 200, answerTo: (message) => `${message} ${suffix}` });
    echoes.push(await answering('plainly'), await answering('in tune'));
    return {
      BASELINE_MODELS: JSON.stringify([{ id: 'plain-model', name: 'Plain model', endpoint: echoes[0]!.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ id: 'tuned-model', name: 'Tuned model', endpoint: echoes[1]!.endpoint, baseline_id: 'plain-model' }]),
      DATA_DIR: folder,
      ...environment,
    };
  });
  afterAll(async () => {
    for (const echo of echoes) await echo.close();
    rmSync(folder, { recursive: true });
  });
  const hold = (): (() => void) => {
    const releases = echoes.map((echo) => echo.hold());
    return () => releases.forEach((release) => release());
  };
  return { ...page, folder, hold };
}

/** Keeps what is on the page. Gives its address. */
export async function keep({ page }: CompareDriver): Promise<string> {
  await page.getByRole('button', { name: /^Keep/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Keep and share' });
  await dialog.getByRole('button', { name: /^Keep/ }).click();
  // an address may stand there already, of what was kept before
  await dialog.getByRole('button', { name: /^Keep/ }).waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: /^Copied|^Copy the address/ }).waitFor();
  const address = (await dialog.getByRole('link').textContent()) ?? '';
  await page.keyboard.press('Escape');
  return address.trim();
}

/** What stands on the keys of the last turn, or of the one that is given: "left" where that is pressed. */
export const voted = (page: Page) => page.getByRole('group', { name: 'Which answer is better?' }).last().locator('[aria-pressed=true]');
