import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENCE_MS, until } from '@tandem/testing';
import { axeFindings } from './axe-findings';
import { type Echo, ENDLESS, startEcho } from './start-echo';
import { type RunningApp, startApp } from './start-app';
import { usePage } from './use-page';
import { Wire } from './wire';

const NETWORK_TROUBLE = /ERR_|Failed to load resource|network error/;

describe('when the server goes away', () => {
  let echo: Echo;
  let again: RunningApp | undefined;
  // to the server that runs: the port of one that is gone may be another's
  const wire = new Wire();
  let origin: string;
  const models = async (): Promise<Record<string, string>> => {
    echo = await startEcho({ tokensPerSecond: 60 });
    return {
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other echo', endpoint: echo.endpoint }]),
    };
  };
  let environment: Record<string, string>;
  const { app, open } = usePage(async () => (environment = await models()));
  beforeAll(async () => {
    origin = await wire.open(() => Number(new URL((again ?? app()).url).port));
  });
  afterAll(async () => {
    wire.close();
    await again?.close();
    await echo.close();
  });

  it('keeps the text, says that the connection is lost, and answers again once the server is back', async () => {
    const compare = await open({ expects: NETWORK_TROUBLE, origin });
    await compare.ask(ENDLESS);
    await Promise.all([compare.baseline.untilLonger(50), compare.derivative.untilLonger(50)]);
    await app().kill();
    wire.cut();
    for (const pane of [compare.baseline, compare.derivative]) {
      await pane.untilState(/connection lost, resuming/);
      expect(await pane.text()).toMatch(/^word0 word1 /);
    }
    await compare.composer.fill('a thought worth keeping');

    again = await startApp(environment);
    wire.mend();
    for (const pane of [compare.baseline, compare.derivative]) {
      await pane.untilState(/failed/);
      expect(await pane.cell.innerText()).toMatch(/connection was lost, and the server no longer has the rest.*retry asks again/);
      expect(await pane.text()).toMatch(/^word0 word1 /);
    }
    expect(await compare.composer.inputValue()).toBe('a thought worth keeping');
    await compare.goOn('What came');
    await compare.ask('back again');
    await compare.untilIdle();
    expect((await compare.derivative.text()).trim()).toBe('back again');
  });
});

describe('when the server cannot be reached as the page opens', () => {
  const { open } = usePage();

  it('says so, keeps the draft, and goes on when it can be', async () => {
    const compare = await open({
      expects: NETWORK_TROUBLE,
      prepare: async (page) => {
        await page.clock.install();
        await page.route('**/api/models', (route) => route.abort());
      },
    });
    const { page } = compare;
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    await compare.composer.fill('half a thought');
    // it asks again by itself too, which is not to come before the press
    await page.clock.pauseAt(Date.now() + PATIENCE_MS);
    await page.getByRole('button', { name: 'Retry' }).waitFor();
    await page.unroute('**/api/models');
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.clock.resume();
    await compare.baseline.head.waitFor();
    expect(await compare.composer.inputValue()).toBe('half a thought');
  });
});

describe('when a part of the page cannot be fetched', () => {
  const { open } = usePage();

  it('says so where it should be, and offers to load the page again', async () => {
    const { page } = await open({ expects: NETWORK_TROUBLE });
    await page.route(/chunk-[^/]*\.js/, (route) => route.abort());
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.getByRole('alert').filter({ hasText: 'could not be fetched' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.unroute(/chunk-[^/]*\.js/);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.getByRole('dialog', { name: 'Parameters' }).waitFor();
  });

  it('says so where a whole page should be, under its own address', async () => {
    const { page } = await open({ expects: NETWORK_TROUBLE });
    await page.route(/chunk-[^/]*\.js/, (route) => route.abort());
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'could not be fetched' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/models');
    await page.unroute(/chunk-[^/]*\.js/);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByRole('table').waitFor();
  });
});

describe('a configuration that cannot be used', () => {
  let folder: string;
  const { app, open } = usePage(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-banner-'));
    await writeFile(join(folder, 'config.json'), JSON.stringify({ baseline_models: [{ name: 'Kept', endpoint: '127.0.0.1:9' }], twodelta_models: [] }));
    return { CONFIG_FILE: join(folder, 'config.json') };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is said on the page, with what stays in force, until it is dismissed', async () => {
    const { page } = await open();
    await writeFile(join(folder, 'config.json'), '{"baseline_models":[');
    await until(async () => (await (await page.request.get(`${app().url}/api/config`)).json()).last_error !== null);
    await page.reload();
    const banner = page.getByRole('status').filter({ hasText: 'not valid JSON' });
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(/config\.json: is not valid JSON.* stays in force\./s);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /^Baseline model: Kept/ }).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await banner.waitFor({ state: 'hidden' });
  });
});
