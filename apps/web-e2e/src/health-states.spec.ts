import { eventually, until } from '@tandem/testing';
import { type Locator, type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { type CompareDriver } from './compare-driver';
import { type Mood, type StandIn, startStandIn } from './start-stand-in';
import { usePage } from './use-page';

const KEY = 'sk-the-wrong-key';
const FINE: Partial<Mood> = { models: ['tuned'], contextLength: 8192, checks: 'fine', answers: 'whole' };

/** Waits for nothing but what a person sees; nothing is loaded again. */

describe('how the model on a side is', () => {
  let [standIn, other]: [StandIn?, StandIn?] = [];
  const { app, open } = usePage(async () => {
    [standIn, other] = [await startStandIn(), await startStandIn({ models: ['other'] })];
    const entry = {
      id: 'one',
      name: 'One',
      endpoint: standIn.endpoint,
      protocol: 'openai-chat',
      model: 'tuned',
      api_key_env: 'ONE_API_KEY',
      context_length: 8192,
      deadlines: { headers_ms: 1_000 },
    };
    const impatient = { ...entry, id: 'impatient', name: 'Impatient', context_length: undefined, deadlines: { headers_ms: 400 } };
    const patient = { ...impatient, id: 'patient', name: 'Patient', deadlines: undefined };
    return {
      HEALTH_INTERVAL_SECONDS: '1',
      ONE_API_KEY: KEY,
      BASELINE_MODELS: JSON.stringify([entry, impatient, patient]),
      TWODELTA_MODELS: JSON.stringify([{ id: 'other', name: 'Other', endpoint: other.endpoint, protocol: 'openai-chat' }]),
    };
  });
  const model = (): StandIn => standIn!;
  const notice = (page: Page): Locator => page.locator('#pane-baseline tandem-health-notice');
  const untilSaid = (page: Page, words: RegExp): Promise<void> => notice(page).locator('.note', { hasText: words }).waitFor();
  const untilWord = (page: Page, word: string): Promise<void> => page.locator('#pane-baseline .health').getByText(word, { exact: true }).waitFor();
  const untilWell = async (page: Page): Promise<void> => {
    await untilWord(page, 'healthy');
    await notice(page).locator('.note').waitFor({ state: 'detached' });
  };
  /** Is so from now on, and has been looked at: the next round would come within a second. */
  const turn = async (mood: Partial<Mood>): Promise<void> => {
    model().become(mood);
    await fetch(`${app().url}/health-check?model=one`);
  };
  const openWell = async (options?: Parameters<typeof open>[0]): Promise<CompareDriver> => {
    const compare = await open(options);
    await untilWell(compare.page);
    return compare;
  };
  afterEach(async () => {
    await model().shut();
    await model().open();
    await turn(FINE);
  });
  afterAll(() => Promise.all([standIn?.shut(), other?.shut()]));

  it.each<[string, Partial<Mood>, string, RegExp]>([
    ['loads', { checks: 'loading' }, 'loading', /^Loading\. \S+ is loading its model: “Loading model”\. Wait until it has loaded/],
    [
      'refuses the key',
      { checks: 'want a key' },
      'key refused',
      /^Key refused\. \S+ refuses the key \(HTTP 401\)\. Correct API_KEY, or the variable that api_key_env names, and start Tandem again\.$/,
    ],
    [
      'serves another model',
      { models: ['llama-3-8b', 'llama-3-70b'] },
      'wrong model',
      /^Wrong model\. \S+ does not list the model "tuned"\. Correct "model" in the configuration; it lists: llama-3-8b, llama-3-70b\.$/,
    ],
    [
      'hides behind a login page',
      { checks: 'a page' },
      'wrong address',
      /^Wrong address\. \S+ answers with a web page\. Check the endpoint: a login or proxy page/,
    ],
    [
      'falls silent',
      { checks: 'never answered' },
      'silent',
      /^No answer since (\w+ \d+, )?\d\d:\d\d\. .* did not begin to answer in time\. Check that the model server runs, can be reached and is not overloaded\.$/,
    ],
  ])('is said while its server %s, and no longer', async (_, mood, word, words) => {
    const { page } = await openWell();
    await turn(mood);
    await untilWord(page, word);
    await eventually(async () => expect((await notice(page).locator('.note p').allInnerTexts()).join().replace(/\s+/g, ' ')).toMatch(words));
    await page
      .locator('#pane-baseline')
      .getByRole('status')
      .filter({ hasText: /^One: / })
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await turn(FINE);
    await untilWell(page);
    await page.locator('[data-side=baseline] .state', { hasText: /^\s*ready/ }).waitFor();
  });

  it('does not call ready who cannot answer', async () => {
    const { page, baseline } = await openWell();
    await turn({ checks: 'want a key' });
    await baseline.untilState(/not ready/);
    await page.locator('[data-side=derivative] .state', { hasText: /^\s*ready/ }).waitFor();
  });

  it('says since when there is no answer, for how long, and looks again when told', async () => {
    const { page } = await openWell({ prepare: (each) => each.clock.install() });
    await model().shut();
    await untilWord(page, 'unreachable');
    await untilSaid(page, /Unreachable since (\w+ \d+, )?\d\d:\d\d\. Nothing listens at \S+\. Start the model server, or correct the endpoint\./);
    const [since] = /\d\d:\d\d/.exec(await notice(page).innerText()) ?? [];
    await page.clock.fastForward('05:10');
    await untilSaid(page, new RegExp(`Unreachable since (\\w+ \\d+, )?${since} \\(5 min\\)`));
    await page.clock.fastForward('02:00:00');
    await untilSaid(page, new RegExp(`since (\\w+ \\d+, )?${since} \\(2 h\\)`));
    const checked = page.waitForResponse(/health-check\?model=one$/);
    await page.getByRole('button', { name: 'Check now: One' }).click();
    expect((await (await checked).json()) as object).toMatchObject({ status: 'unhealthy', cause: 'unreachable' });
    await model().open();
    await untilWell(page);
  });

  it('is degraded while its checks are green and its answers hang, until one comes', async () => {
    const { page } = await openWell({ path: '/?baseline=impatient' });
    model().become({ answers: 'none' });
    const ask = async () => (await page.request.post(`${app().url}/stream`, { data: { model: 'impatient', prompt: 'Hi' } })).text();
    for (let n = 0; n < 5; n++) expect(await ask()).toContain('upstream_timeout');
    await untilWord(page, 'degraded');
    await untilSaid(
      page,
      /Degraded\. Its checks pass, but its last answers failed: it accepted the request but did not begin to answer in time\. Look into its log\. Tandem lets it rest for some seconds/,
    );
    // once it has rested, it is tried, and rests again
    await eventually(async () => expect(await ask()).toContain('failed again and again'));
    model().become(FINE);
    await untilWord(page, 'degraded');
    await until(async () => (await ask()).includes('"finish_reason":"stop"'));
    await untilWell(page);
  });

  it('is a refused key where checks need none and prompts do', async () => {
    const compare = await openWell({ path: '/?baseline=patient' });
    const { page, baseline } = compare;
    model().become({ answers: 'want a key' });
    await compare.ask('Hello');
    await compare.untilIdle();
    await untilWord(page, 'key refused');
    await untilSaid(page, /Key refused\. Its checks pass, but prompts do not: it refused the key \(HTTP 401\)\. Correct API_KEY/);
    expect(await page.content()).not.toContain(KEY);
    model().become(FINE);
    await baseline.button('Retry').click();
    await untilWell(page);
  });

  it('is busy, not silent, while its server is in the middle of an answer and hears nothing else', async () => {
    const compare = await openWell({ path: '/?baseline=patient' });
    const { page, baseline } = compare;
    model().become({ answers: 'endless', checks: 'never answered' });
    await compare.ask('Go on');
    await baseline.untilLonger(20);
    await untilWord(page, 'busy');
    await untilSaid(page, /Busy\. It is giving an answer, and hears no checks meanwhile\. .* wait until that answer has ended/);
    model().become(FINE);
    await page.getByRole('button', { name: 'Stop all' }).click();
    await untilWell(page);
  });

  it('warns of a configured context that its server does not have, beside its health', async () => {
    const { page } = await openWell();
    await turn({ contextLength: 4096 });
    await untilSaid(
      page,
      /Context length differs\. The configuration says 8,192 tokens, the server runs with 4,096: what is longer than that will be refused\. Correct context_length/,
    );
    await untilWord(page, 'healthy');
    await page.getByRole('button', { name: /^Baseline model/ }).click();
    await page
      .getByRole('option')
      .filter({ hasText: '4,096 context' })
      .filter({ hasText: 'serves tuned · vLLM 0.9.1' })
      .filter({ hasText: 'Context length differs.' })
      .waitFor();
  });

  it('stands in the list of models and on their page as well, with the reason', async () => {
    const { page } = await openWell();
    await turn({ checks: 'want a key' });
    await untilWord(page, 'key refused');
    await page.getByRole('button', { name: /^Two Delta model/ }).click();
    await page.getByRole('option').filter({ hasText: 'One' }).filter({ hasText: 'key refused' }).filter({ hasText: 'Correct API_KEY' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Models' }).click();
    await page
      .getByRole('row')
      .filter({ hasText: 'One' })
      .filter({ hasText: /key refused/ })
      .filter({ hasText: 'Correct API_KEY' })
      .waitFor();
    await page.getByRole('row').filter({ hasText: 'Other' }).filter({ hasText: 'serves other · vLLM 0.9.1' }).waitFor();
    await page.goto(`${app().url}/chat?model=one`);
    await page.locator('tandem-health-notice .note', { hasText: /Key refused\. .*Correct API_KEY/ }).waitFor();
  });

  it('is not claimed to be known while Tandem itself cannot be heard, at any width', async () => {
    const { page } = await openWell({ viewport: { width: 360, height: 740 }, expects: /ERR_|Failed to load|network error/ });
    await page.context().setOffline(true);
    await page.evaluate(
      () =>
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }) && document.dispatchEvent(new Event('visibilitychange')),
    );
    await page.evaluate(
      () =>
        Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true }) && document.dispatchEvent(new Event('visibilitychange')),
    );
    await page.getByText('server not reachable, trying again').waitFor();
    await untilWord(page, 'unknown');
    await page.context().setOffline(false);
    await untilWell(page);
    await page.getByText('server not reachable').waitFor({ state: 'hidden' });
  });

  it.each([360, 1280, 2560])('fits a screen of %i px with both sides in trouble, and axe finds nothing', async (width) => {
    await turn({ checks: 'want a key' });
    await other?.shut();
    const { page } = await open({ viewport: { width, height: 800 } });
    await untilSaid(page, /Key refused/);
    if (width === 360) {
      await page.getByRole('tab', { name: /^Two Delta\s+unreachable$/ }).click();
      await page.getByRole('tab', { name: /^Baseline\s+key refused$/ }).waitFor();
    }
    await page.locator('#pane-derivative .note', { hasText: /Unreachable/ }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
      const tooWide = await page.evaluate(
        () =>
          [...document.querySelectorAll('tandem-pane-head, tandem-side-answer, .note, .start')].filter(
            (each) => each.getBoundingClientRect().right > innerWidth + 1,
          ).length,
      );
      expect(tooWide).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
    }
    await other?.open();
  });

  it('is found out by nothing but reading, without the routes that cost money', () => {
    const asked = [...new Set(model().requests)];
    expect(asked).toEqual(expect.arrayContaining(['GET /v1/models', 'GET /health', 'GET /version', 'POST /v1/chat/completions']));
    expect(['GET /v1/models', 'GET /health', 'GET /version', 'GET /health/liveliness', 'POST /v1/chat/completions']).toEqual(expect.arrayContaining(asked));
  });
});
