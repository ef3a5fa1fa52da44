import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@tandem/testing';
import { type Locator, type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { usePage } from './use-page';

const document = (name: string): string =>
  JSON.stringify({ baseline_models: [{ name, endpoint: '127.0.0.1:9' }], twodelta_models: [{ name: 'Other', endpoint: '127.0.0.1:9' }] });
const bannerOf = (page: Page): Locator => page.locator('tandem-config-banner .banner');
/** Waits until the banner says so. */
const untilSaid = (page: Page, ...all: readonly RegExp[]): Promise<void> =>
  eventually(async () => {
    const said = (await bannerOf(page).allInnerTexts()).join().replace(/\s+/g, ' ');
    for (const words of all) expect(said).toMatch(words);
  });

/** The page asks every 30 s: its clock is moved, not its address. */
const lookAgain = (page: Page): Promise<void> => page.clock.fastForward('00:31');

describe('a configuration file that is rejected', () => {
  let folder: string;
  const { app, open } = usePage(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-states-'));
    await writeFile(join(folder, 'config.json'), document('Kept'));
    return { CONFIG_FILE: join(folder, 'config.json') };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Waits until it was read, with the problem that it has. */
  const write = async (text: string, problem: RegExp | null, page: Page): Promise<void> => {
    await writeFile(join(folder, 'config.json'), text);
    await eventually(async () => {
      const { last_error: error } = (await (await page.request.get(`${app().url}/api/config`)).json()) as { last_error: { message: string } | null };
      expect(error?.message ?? null).toEqual(problem && expect.stringMatching(problem));
    });
  };

  it.each([
    ['is half written', '{"baseline_models":[', /config\.json: is not valid JSON: .* at line 1 column 21/],
    ['names no endpoint', '{"baseline_models":[{"name":"A"}],"twodelta_models":[]}', /config\.json: baseline_models\[0\]\.endpoint must be/],
    ['is something else', '[]', /config\.json: must be an object with "baseline_models" and "twodelta_models", but is a list/],
  ])('is said with what, where and what to do when it %s, and no longer once it is good', async (_, text, problem) => {
    const { page } = await open({ prepare: (each) => each.clock.install() });
    await write(text, problem, page);
    await lookAgain(page);
    await untilSaid(
      page,
      /^Configuration rejected\. /,
      problem,
      /The one of (\w+ \d+, )?\d\d:\d\d stays in force\. Correct it: it is read again as soon as it changes\.$/,
    );
    await page.getByRole('button', { name: 'Baseline model: Kept' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await write(document('Kept'), null, page);
    await lookAgain(page);
    await bannerOf(page).waitFor({ state: 'detached' });
  });
});

describe('no configuration at all', () => {
  let folder: string;
  let bucket: Server;
  let isThere = false;
  const { app, open } = usePage(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-none-'));
    bucket = createServer((_, response) => void (isThere ? response.end(document('Back')) : response.writeHead(503).end())).listen(0, '127.0.0.1');
    await once(bucket, 'listening');
    const endpoint = `http://127.0.0.1:${(bucket.address() as { port: number }).port}`;
    return {
      S3_BUCKET: `gone-${process.pid}`,
      S3_ENDPOINT: endpoint,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      CONFIG_FILE: join(folder, 'config.json'),
      CHECKPOINTS_DIR: folder,
    };
  });
  afterAll(() => {
    bucket.closeAllConnections();
    bucket.close();
    return rm(folder, { recursive: true, force: true });
  });

  it('leaves nothing to ask, says why, and goes on by itself once there is one', async () => {
    const { page, composer } = await open({ prepare: (each) => each.clock.install(), expects: /Failed to load resource/ });
    await page
      .getByRole('alert')
      .getByText(/No model is configured, and the checkpoints folder holds none\. Name model servers/)
      .waitFor();
    await untilSaid(page, /^Configuration not read\. S3 .*No model is configured until then\. It is read again at (\w+ \d+, )?\d\d:\d\d\.$/);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    await page.locator('tandem-chat-head').getByText('There is no model yet.').waitFor();
    await page
      .getByRole('alert')
      .getByText(/Name model servers in the configuration/)
      .waitFor();
    await page.goBack();
    await composer.fill('a thought worth keeping');
    isThere = true;
    await page.request.post(`${app().url}/api/config/refresh`);
    await lookAgain(page);
    await page.getByRole('button', { name: 'Baseline model: Back' }).waitFor();
    expect(await composer.inputValue()).toBe('a thought worth keeping');
  });
});

describe('a configuration in S3', () => {
  let bucket: Server;
  let answer: { status: number; body: string } = { status: 200, body: document('In S3') };
  const { app, open } = usePage(async () => {
    bucket = createServer((_, response) => void response.writeHead(answer.status, { ETag: `"${answer.body.length}"` }).end(answer.body)).listen(0, '127.0.0.1');
    await once(bucket, 'listening');
    const endpoint = `http://127.0.0.1:${(bucket.address() as { port: number }).port}`;
    return { S3_BUCKET: 'models', S3_ENDPOINT: endpoint, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  });
  afterAll(() => {
    bucket.closeAllConnections();
    bucket.close();
  });

  it.each([
    [
      'rejected',
      200,
      '{"baseline_models":{}}',
      /^Configuration rejected\. s3:\/\/models\/config\.json: baseline_models must be a list .* The one of (\w+ \d+, )?\d\d:\d\d stays in force\. Correct it: it is read again at (\w+ \d+, )?\d\d:\d\d\.$/,
    ],
    [
      'out of reach',
      403,
      '<Error><Code>AccessDenied</Code></Error>',
      /^Configuration not read\. S3 ClientError \(403\) for s3:\/\/models\/config\.json: AccessDenied\. The credentials need s3:GetObject on it\. The one of (\w+ \d+, )?\d\d:\d\d stays in force\. It is read again at (\w+ \d+, )?\d\d:\d\d\.$/,
    ],
  ])('that is %s is said with where it lies, what stays in force and when it is read again', async (_, status, body, words) => {
    const { page } = await open({ prepare: (each) => each.clock.install() });
    answer = { status, body };
    await page.request.post(`${app().url}/api/config/refresh`);
    await lookAgain(page);
    await untilSaid(page, words);
    await page.getByRole('button', { name: 'Baseline model: In S3' }).waitFor();
    answer = { status: 200, body: document('In S3') };
    await page.request.post(`${app().url}/api/config/refresh`);
    await lookAgain(page);
    await bannerOf(page).waitFor({ state: 'detached' });
  });
});
