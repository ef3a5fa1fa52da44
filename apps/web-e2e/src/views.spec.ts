import { eventually } from '@tandem/testing';
import { type Page } from 'playwright-core';
import { axeFindings } from './axe-findings';
import { type CompareDriver } from './compare-driver';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

const CODE = 'Run this:\n\n```js\nconst a = 1;\nreturn a;\n```\n\nThen look.\n';

const words = (count: number, of: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => `${of(n)}${n % 60 === 59 ? '\n\n' : n % 12 === 11 ? '. ' : ' '}`).join('');
const WORD = (n: number): string => `word${(n * 7919) % 997}`;

/** What each side answers, by the prompt. */
const ANSWERS: Readonly<Record<string, readonly [string, string]>> = {
  cat: ['The cat sat on the mat.', 'The dog sat on a mat.'],
  same: ['One.', 'One.'],
  more: ['One two.', 'One two.\n\nThree four.'],
  code: [CODE, CODE.replace('const a', 'let a').replace('look', 'wait')],
  unlike: ['The sea is wide. It is cold. Nobody swims.', 'Mountains rise above us. It is cold. Snow falls on every roof.'],
  long: [words(20_000, WORD), words(20_000, (n) => (n % 50 === 7 ? `other${n}` : WORD(n)))],
  longer: [words(20_000, WORD), words(20_000, (n) => `other${(n * 7907) % 991}`)],
};

/** On a phone the views are a list. */
const show = async (page: Page, view: string): Promise<unknown> => {
  const list = page.getByRole('combobox', { name: 'View' }).last();
  await page.locator('tandem-view-switch').last().waitFor();
  return (await list.isVisible()) ? list.selectOption(view) : page.getByRole('radio', { name: view }).last().check();
};

async function marks({ baseline, derivative }: CompareDriver): Promise<[removed: string[], added: string[]]> {
  await derivative.cell.locator('.marked-caption').waitFor();
  await baseline.cell.locator('.marked-caption').waitFor();
  return [await baseline.cell.locator('del.own').allTextContents(), await derivative.cell.locator('ins.own').allTextContents()];
}

describe('the views of a turn', () => {
  const echoes: Echo[] = [];
  const { open } = usePage(async () => {
    for (const side of [0, 1] as const) echoes.push(await startEcho({ tokensPerSecond: 6_000, answerTo: (prompt) => ANSWERS[prompt]?.[side] ?? prompt }));
    return {
      BASELINE_MODELS: JSON.stringify([{ name: 'Left', endpoint: echoes[0]?.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([
        { name: 'Right', endpoint: echoes[1]?.endpoint },
        { name: 'Gone', endpoint: '127.0.0.1:9' },
      ]),
    };
  });
  afterAll(() => Promise.all(echoes.map((echo) => echo.close())));

  const asked = async (prompt: string, options: Parameters<typeof open>[0] = {}): Promise<CompareDriver> => {
    const compare = await open(options);
    await compare.ask(prompt);
    await compare.untilIdle();
    return compare;
  };

  it('mark the words that differ, by keyboard as well, and outlive a reload', async () => {
    const compare = await asked('cat');
    const { page } = compare;
    await page.getByRole('radio', { name: 'Text' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await marks(compare)).toEqual([
      ['cat', 'the'],
      ['dog', 'a'],
    ]);
    await page.reload();
    expect(await marks(compare)).toEqual([
      ['cat', 'the'],
      ['dog', 'a'],
    ]);
    await show(page, 'Text');
    await eventually(async () => expect((await compare.baseline.text()).trim()).toBe(ANSWERS['cat']?.[0]));
  });

  it('compare code as code, and whole sentences where more than half differs', async () => {
    const compare = await asked('code');
    await show(compare.page, 'Words');
    expect(await marks(compare)).toEqual([
      ['const', 'look'],
      ['let', 'wait'],
    ]);
    await show(compare.page, 'Sentences');
    await compare.derivative.cell.getByText('2 sentences added').waitFor();
    expect((await marks(compare))[1]).toEqual(['let a = 1;', 'Then wait.']);
    await compare.ask('unlike');
    await compare.untilIdle();
    await show(compare.page, 'Words');
    await compare.derivative.cell.getByText(/More than half of the words differ/).waitFor();
    expect((await marks(compare))[0]).toEqual(['The sea is wide.', 'Nobody swims.']);
  });

  it('say that two texts are the same', async () => {
    const compare = await asked('same');
    await show(compare.page, 'Words');
    await compare.derivative.cell.getByText('The two texts are the same.').waitFor();
  });

  it('are led to from the first difference', async () => {
    const compare = await asked('cat');
    await compare.page.getByRole('button', { name: 'first difference: word 2' }).click();
    await compare.page.locator('del.own:focus', { hasText: 'cat' }).waitFor();
  });

  it('are there at once, however busy the browser is', async () => {
    const neverIdle = (page: Page): Promise<unknown> => page.addInitScript(() => Object.assign(globalThis, { requestIdleCallback: () => 0 }));
    const compare = await asked('cat', { prepare: async (page) => void (await neverIdle(page)) });
    await show(compare.page, 'Words');
    expect(await marks(compare)).toEqual([
      ['cat', 'the'],
      ['dog', 'a'],
    ]);
  });

  it('wait for both answers, and say why where one is missing', async () => {
    const gone = await asked('cat', { path: '/?baseline=Left&twodelta=Gone' });
    await gone.page.getByText('Two Delta did not answer to the end: there is nothing to compare.').waitFor();
    expect(await gone.page.getByRole('radio', { name: 'Words' }).isDisabled()).toBe(true);
    const compare = await open();
    const releases = echoes.map((echo) => echo.hold());
    await compare.ask('x '.repeat(20));
    await compare.baseline.untilLonger();
    expect(await compare.page.locator('tandem-view-switch').count()).toBe(0);
    await compare.page.getByRole('button', { name: 'Stop all' }).click();
    await show(compare.page, 'Words');
    for (const release of releases) release();
  });

  it('show what is missing in the one pane that is in view, and stand side by side on paper', async () => {
    const { page, baseline, derivative } = await asked('cat', { viewport: { width: 360, height: 740 } });
    await show(page, 'Words');
    await baseline.cell.locator('.marked-caption').waitFor();
    expect((await baseline.cell.locator('.marked-block').innerText()).trim()).toBe('The cat dog sat on the a mat.');
    await page.emulateMedia({ media: 'print' });
    for (const pane of [baseline, derivative]) await pane.cell.locator('.marked-block').waitFor();
  });

  it.each(['long', 'longer'])('compare two answers of 20,000 words off the page’s thread: %s', async (prompt) => {
    const compare = await asked(prompt);
    const { page } = compare;
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: 'longtask' });
    });
    await show(page, 'Words');
    const [removed, added] = await marks(compare);
    expect([removed.length > 0, added.length > 0]).toEqual([true, true]);
    expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual([expect.stringMatching(/^\/worker-\w+\.js$/)]);
    console.log(`${prompt}: tasks over 50 ms: ${JSON.stringify(await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks))}`);
  });

  describe.each([360, 1280])('at %i px', (width) => {
    it.each(['light', 'dark'] as const)('have nothing that axe objects to, in %s', async (colorScheme) => {
      const { page, ...compare } = await asked('more', { viewport: { width, height: 800 }, colorScheme });
      for (const view of ['Words', 'Sentences']) {
        await show(page, view);
        await compare.baseline.cell.locator('.marked-caption').waitFor();
        expect(await axeFindings(page)).toEqual([]);
      }
    });
  });
});
