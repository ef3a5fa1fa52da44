import { type Divergence } from '@tandem/shared/contracts';
import { eventually } from '@tandem/testing';
import { type Locator } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { type CompareDriver } from './compare-driver';
import { type Echo, startEcho } from './start-echo';
import { type OpenOptions, usePage } from './use-page';

const PROMPT = 'What is Tandem?';

async function answered(compare: CompareDriver, prompt = PROMPT): Promise<void> {
  await compare.ask(prompt);
  await compare.untilIdle();
}

const tokensOf = ({ page }: CompareDriver, side: 'Baseline' | 'Two Delta'): Locator =>
  page.getByRole('listbox', { name: new RegExp(`^${side}’s answer token by token`) });
const choose = ({ page }: CompareDriver, view: string): Promise<void> => page.getByRole('radio', { name: view, exact: true }).check({ force: true });
/** A phone has a list in place of the buttons. */
const chooseInList = async ({ page }: CompareDriver, view: string): Promise<void> =>
  void (await page.getByRole('combobox', { name: 'View' }).selectOption(view));
const figureOf = ({ page }: CompareDriver, side: 'baseline' | 'derivative', label: string): Locator =>
  page.locator(`tandem-side-answer[data-side=${side}] dl div`).filter({ hasText: label }).locator('dd');

describe('Surprise', () => {
  const { app, open: openAt } = usePage();
  // so that the answers, and what surprises in them, are the same each time
  const open = (options: OpenOptions = {}): Promise<CompareDriver> => openAt({ path: '/?temperature=0', ...options });

  it('says which words of the derivative surprise the baseline, and how far the two are apart', async () => {
    const compare = await open();
    await answered(compare);
    const asked: string[] = [];
    compare.page.on('request', (request) => {
      if (request.url().endsWith('/api/divergences')) asked.push(request.postData() ?? '');
    });
    await choose(compare, 'Surprise');
    await tokensOf(compare, 'Two Delta').locator('.step-3, .step-4').first().waitFor();
    await figureOf(compare, 'derivative', 'KL').waitFor();
    await tokensOf(compare, 'Baseline').waitFor();
    expect(await tokensOf(compare, 'Two Delta').textContent()).toBe(await textOf(compare, 'derivative'));
    await compare.page.getByText('Each model is less surprised by its own answer.').waitFor();

    // what it says is what the API says to anybody who asks the same
    const response = await fetch(`${app().url}/api/divergences`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: asked[0] ?? '' });
    const [last] = (await response.text()).split('\n\n').filter(Boolean).slice(-1);
    const { divergence } = JSON.parse(String(last).replace('data: ', '')) as { divergence: Divergence };
    const mean = divergence.kl?.mean ?? Number.NaN;
    expect(await figureOf(compare, 'derivative', 'KL').textContent()).toContain(`${mean.toFixed(mean < 0.1 ? 4 : 3)} nats`);
    expect(await axeFindings(compare.page)).toEqual([]);
  });

  it('tells both models’ rank and alternatives of a token, by pointer and by keyboard, with one tab stop', async () => {
    const compare = await open();
    await answered(compare);
    await choose(compare, 'Surprise');
    const tokens = tokensOf(compare, 'Two Delta');
    await tokens.waitFor();
    await tokens.getByRole('option').nth(2).hover();
    const told = compare.page.getByRole('tooltip').filter({ visible: true });
    await told.waitFor();
    expect(await told.textContent()).toMatch(/token 3.*Baseline.*\d bits.*(rank|likeliest).*Two Delta.*\d bits.*(rank|likeliest)/s);
    expect(await axeFindings(compare.page)).toEqual([]);

    expect(await tokens.locator('[tabindex="0"]').count()).toBe(1);
    await tokens.locator('[tabindex="0"]').focus();
    await compare.page.keyboard.press('ArrowRight');
    await told.filter({ hasText: 'token 2' }).waitFor();
    await compare.page.keyboard.press('End');
    expect(await tokens.locator('[tabindex="0"]').count()).toBe(1);
    const last = tokens.getByRole('option').last();
    await eventually(async () => expect(await last.getAttribute('aria-describedby')).toBe(await told.getAttribute('id')));
    await compare.page.keyboard.press('Home');
    await compare.page.keyboard.press('ArrowDown');
    await eventually(async () => expect(await compare.page.evaluate(() => document.activeElement?.className)).toMatch(/step-[34]/));
    await compare.page.keyboard.press('Escape');
    await told.waitFor({ state: 'detached' });
  });

  it('says how it was measured, shades by either model, and does not score again', async () => {
    const compare = await open();
    await answered(compare);
    let asked = 0;
    compare.page.on('request', (request) => (asked += Number(request.url().endsWith('/api/divergences'))));
    await choose(compare, 'Surprise');
    await tokensOf(compare, 'Baseline').waitFor();
    await compare.page.getByRole('button', { name: 'How measured' }).click();
    const how = compare.page.getByRole('dialog', { name: 'How measured' });
    await eventually(async () =>
      expect(await how.textContent()).toMatch(/prefill.*tandem-tiny-base\.gguf.*tandem-tiny-chat\.gguf.*SHA-256.*KL\(baseline‖derivative\)/s),
    );
    expect(await axeFindings(compare.page)).toEqual([]);
    await compare.page.keyboard.press('Escape');
    await choose(compare, 'its own model');
    await compare.page.getByRole('listbox', { name: 'Two Delta’s answer token by token, as Two Delta finds it' }).waitFor();
    await choose(compare, 'Text');
    await compare.derivative.answer.waitFor();
    await choose(compare, 'Surprise');
    await tokensOf(compare, 'Two Delta').waitFor();
    expect(asked).toBe(2);
  });

  it.each([
    [360, 'light'],
    [360, 'dark'],
    [1280, 'dark'],
    [2560, 'dark'],
  ] as const)('has nothing that axe objects to at %i px in %s', async (width, colorScheme) => {
    const compare = await open({ viewport: { width, height: 800 }, colorScheme });
    await answered(compare);
    await (width === 360 ? chooseInList : choose)(compare, 'Surprise');
    const tokens = tokensOf(compare, 'Baseline');
    await tokens.waitFor();
    await tokens.locator('.step-3, .step-4').first().focus();
    await compare.page.getByRole('tooltip').filter({ visible: true }).waitFor();
    expect(await axeFindings(compare.page)).toEqual([]);
  });

  it('can be cancelled, and asked for anew', async () => {
    const compare = await open();
    await answered(compare);
    let isHeld = true;
    await compare.page.route('**/api/divergences', (route) => (isHeld ? undefined : route.continue()));
    await choose(compare, 'Surprise');
    await compare.page.getByText('Scored after the other answer.').waitFor();
    expect(await axeFindings(compare.page)).toEqual([]);
    // the other one's turn comes then
    await compare.derivative.cell.getByRole('button', { name: 'Cancel' }).click();
    await compare.baseline.cell.getByRole('button', { name: 'Cancel' }).click();
    isHeld = false;
    await compare.page.getByRole('button', { name: 'Score both answers' }).click();
    await tokensOf(compare, 'Two Delta').waitFor();
  });
});

describe('Surprise with a model that cannot tell it', () => {
  let echo: Echo;
  const { open } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 300 });
    return { TWODELTA_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]) };
  });
  afterAll(() => echo.close());

  it('says so, and what could', async () => {
    const compare = await open({ path: '/?baseline=pretrain/tandem-tiny-base.gguf', expects: /409/ });
    await compare.untilReady();
    await answered(compare);
    await choose(compare, 'Surprise');
    await compare.page
      .locator('tandem-scored-answer')
      .first()
      .getByText(/^The model server at 127/)
      .waitFor();
    expect(await axeFindings(compare.page)).toEqual([]);
  });
});

/** What the answer is, as it was copied: whatever markdown makes of it. */
async function textOf({ page }: CompareDriver, side: string): Promise<string> {
  return page.evaluate((wanted) => {
    const kept = JSON.parse(sessionStorage.getItem('tandem.compare.turns.4') ?? 'null') as {
      turns: { answers: { side: string; answer: { text: string } }[] }[];
    };
    return kept.turns[0]?.answers.find((each) => each.side === wanted)?.answer.text ?? '';
  }, side);
}
