import { type Echo, startEcho } from './start-echo';
import { freePort } from './start-app';
import { usePage } from './use-page';

describe('comparing the demo pair', () => {
  const { open } = usePage();

  it('shows who is asked, and that both are ready', async () => {
    const { baseline, derivative, page } = await open();
    await page.getByText('config: ').waitFor();
    expect(await derivative.head.innerText()).toMatch(/Tandem tiny chat/);
    await baseline.head.getByRole('button', { name: 'About Tandem tiny base' }).click();
    expect(await page.getByRole('dialog', { name: 'Tandem tiny base' }).innerText()).toMatch(
      /local · llama · Q8_0 · [\d.]+M[\s\S]*Derivatives\s+Tandem tiny chat/,
    );
    expect([await baseline.state(), await derivative.state()]).toEqual(['ready', 'ready']);
  });

  it('answers one prompt on both sides, and tells how fast', async () => {
    const compare = await open({ path: '/?temperature=0' });
    await compare.ask('Write a short story about a girl who finds a map');
    await compare.untilIdle();
    expect(await compare.baseline.state()).toMatch(/^done/);
    expect(await compare.derivative.state()).toMatch(/^done/);
    expect((await compare.derivative.text()).trim()).not.toBe('');
    for (const pane of [compare.baseline, compare.derivative]) {
      expect(await pane.cell.locator('footer').innerText()).toMatch(/first token [\d.]+ m?s[\s\S]*[\d.]+ tok\/s[\s\S]*\d+ tok/);
    }
    expect((await compare.page.locator('.figures').innerText()).replace(/\s+/g, ' ')).toMatch(
      /^TWO DELTA first token [+−±][\d.]+ m?s [\d.]+× tok\/s (as long|\d+ % (shorter|longer)|[\d.,]+× as long) (the same text|first difference: word \d+)$/,
    );
  });

  it('is as it was when one comes back from another page', async () => {
    const compare = await open({ path: '/?temperature=0&max_tokens=8&system=Be%20brief.' });
    await compare.ask('Hello');
    await compare.untilIdle();
    await compare.page.getByRole('link', { name: 'Models', exact: true }).click();
    await compare.page.getByRole('heading', { name: 'Models' }).waitFor();
    await compare.page.getByRole('link', { name: 'Compare', exact: true }).click();
    await compare.composer.waitFor();
    expect(await compare.page.locator('.prompt').count()).toBe(1);
    await compare.page.waitForURL(/temperature=0&/);
    expect(await compare.page.locator('.summary').innerText()).toMatch(/temperature 0[\s\S]*8 tokens[\s\S]*system prompt/);
  });

  it('keeps earlier turns above, side by side', async () => {
    const compare = await open();
    await compare.ask('Hello');
    await compare.untilIdle();
    await compare.ask('Tell me a joke');
    await compare.untilIdle();
    expect(await compare.page.locator('.prompt').allInnerTexts()).toEqual([expect.stringContaining('Hello'), expect.stringContaining('Tell me a joke')]);
    for (const row of await compare.page.locator('tandem-turn-row').all()) {
      const [left, right] = await row.locator('footer').evaluateAll((feet) => feet.map((foot) => Math.round(foot.getBoundingClientRect().top)));
      expect(left).toBe(right);
    }
  });
});

describe('comparing model servers', () => {
  let echo: Echo;
  const { open } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 40, answerTo: (message) => (message === 'nothing' ? '' : message) });
    const dead = `127.0.0.1:${await freePort()}`;
    return {
      BASELINE_MODELS: JSON.stringify([
        { name: 'Echo', endpoint: echo.endpoint },
        { name: 'Gone', endpoint: dead },
      ]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other echo', endpoint: echo.endpoint }]),
    };
  });
  afterAll(() => echo.close());

  const LONG = Array.from({ length: 200 }, (_, n) => `word${n}`).join(' ');

  it('stops one side while the other goes on', async () => {
    const compare = await open();
    await compare.ask(LONG);
    await Promise.all([compare.baseline.untilLonger(40), compare.derivative.untilLonger(40)]);
    const cancelledBefore = echo.cancelled();
    await compare.baseline.button('Stop').click();
    await compare.baseline.untilState(/^stopped by you$/);
    const kept = await compare.baseline.text();
    await compare.derivative.untilLonger((await compare.derivative.text()).length);
    expect(await compare.derivative.state()).toBe('streaming');
    expect(await compare.baseline.text()).toBe(kept);
    await compare.page.waitForTimeout(1_000);
    expect(echo.cancelled()).toBe(cancelledBefore + 1);
  });

  it('stops both', async () => {
    const compare = await open();
    await compare.ask(LONG);
    await Promise.all([compare.baseline.untilLonger(10), compare.derivative.untilLonger(10)]);
    await compare.page.getByRole('button', { name: 'Stop all' }).click();
    await Promise.all([compare.baseline.untilState(/^stopped by you$/), compare.derivative.untilState(/^stopped by you$/)]);
  });

  it('shows both answers token by token', async () => {
    const compare = await open();
    const lengths = await compare.watchLengths();
    await compare.ask(LONG);
    await compare.untilIdle(30_000);
    for (const steps of await lengths()) expect(steps).toBeGreaterThan(10);
  });

  it('asks one side again', async () => {
    const compare = await open();
    const prompt = LONG.slice(0, 160).trim();
    await compare.ask(prompt);
    await compare.untilIdle();
    await compare.baseline.button('Retry').click();
    await compare.baseline.untilState(/^streaming$/);
    expect(await compare.derivative.state()).toMatch(/^done/);
    await compare.baseline.untilState(/^done/);
    expect((await compare.baseline.text()).trim()).toBe(prompt);
  });

  it('keeps what had come of an answer that is asked for again', async () => {
    const compare = await open();
    const { baseline, page } = compare;
    await compare.ask(LONG);
    await baseline.untilLonger(10);
    await baseline.button('Stop').click();
    const had = (await baseline.text()).trim();
    await baseline.button('Retry').click();
    await baseline.cell.getByText(/^Earlier answer · stopped by you · \d+ pieces?$/).click();
    expect((await baseline.cell.locator('tandem-earlier-answer .prose').innerText()).trim()).toBe(had);
    await baseline.untilLonger(10);
    await page.reload();
    await baseline.cell.getByText(/^Earlier answer · stopped by you/).waitFor();
    await page.getByRole('button', { name: 'Stop all' }).click();
  });

  it('says who answered when the pane names another model since', async () => {
    const compare = await open();
    const { baseline, page } = compare;
    await compare.ask(LONG);
    await baseline.untilLonger(10);
    await baseline.head.getByRole('button', { name: 'Baseline model: Echo' }).click();
    await page.getByRole('option', { name: /Gone/ }).click();
    await baseline.cell.getByText('Answered by Echo').waitFor();
    expect(await baseline.cell.locator('footer').innerText()).toMatch(/streaming\s+Echo/);
    await page.getByRole('button', { name: 'Stop all' }).click();
    expect(await baseline.cell.locator('footer').innerText()).toMatch(/stopped by you\s+Echo/);
  });

  it('says within 5 s why a dead server does not answer, while the other side finishes', async () => {
    const compare = await open({ path: '/?baseline=gone' });
    await compare.ask('one two three');
    await compare.baseline.untilState(/failed/, 5_000);
    expect(await compare.baseline.cell.innerText()).toMatch(/127\.0\.0\.1:\d+/);
    await compare.derivative.untilState(/^done/);
    expect((await compare.derivative.text()).trim()).toBe('one two three');
    expect(await compare.baseline.cell.getByRole('button', { name: 'Retry' }).count()).toBe(1);
  });

  it('keeps a comparison of which one side failed, with its reason, over a reload', async () => {
    const compare = await open({ path: '/?baseline=gone' });
    await compare.ask('one two three');
    await compare.baseline.untilState(/failed/, 5_000);
    await compare.untilIdle();
    await compare.page.reload();
    await compare.derivative.untilState(/^done/);
    expect((await compare.derivative.text()).trim()).toBe('one two three');
    await compare.baseline.untilState(/failed/);
    expect(await compare.baseline.cell.innerText()).toMatch(/Nothing listens at 127\.0\.0\.1:\d+/);
  });

  it('asks what to go on with after a side was cut, and then tells both sides the same', async () => {
    const compare = await open();
    const { page, baseline, derivative } = compare;
    await compare.ask(LONG.slice(0, 160).trim());
    await baseline.untilLonger(10);
    await baseline.button('Stop').click();
    await derivative.untilState(/^done/);
    await compare.composer.fill('And then?');
    await page.getByText('Baseline did not answer to the end: choose above what to go on with.').first().waitFor();
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await compare.goOn('Two Delta’s answer');
    await page.getByText('Both sides go on from Two Delta’s answer.').waitFor();
    const bodies: { messages: { role: string; content: string }[] }[] = [];
    page.on('request', (request) => void (request.url().endsWith('/stream') && request.method() === 'POST' && bodies.push(request.postDataJSON())));
    await compare.ask('And then?');
    await compare.untilIdle();
    expect(bodies).toHaveLength(2);
    expect(bodies[0]?.messages).toEqual(bodies[1]?.messages);
    expect(bodies[0]?.messages[1]?.content.trim()).toBe(LONG.slice(0, 160).trim());
  });

  it('asks one side alone, says that the histories differ, and asks the other one later', async () => {
    const compare = await open();
    const { page, derivative } = compare;
    await compare.composer.fill('one two');
    await page.getByRole('button', { name: 'Ask one side' }).click();
    await page.getByRole('menuitem', { name: 'Ask Baseline alone' }).click();
    await compare.baseline.untilState(/^done/);
    const apart = page.getByText('Two Delta has no part in this turn: the histories of the sides differ.');
    await apart.waitFor();
    await derivative.cell.getByRole('button', { name: 'Ask Two Delta as well' }).click();
    await derivative.untilState(/^done/);
    await apart.waitFor({ state: 'detached' });
  });

  it('says that an answer is empty, and why', async () => {
    const compare = await open();
    await compare.ask('nothing');
    await compare.untilIdle();
    for (const pane of [compare.baseline, compare.derivative]) await pane.cell.getByText('Empty answer: the model ended at once, without a word.').waitFor();
  });

  it('begins anew, and takes that back', async () => {
    const compare = await open();
    const { page } = compare;
    await compare.ask('one two');
    await compare.untilIdle();
    await page.getByRole('button', { name: 'New comparison' }).click();
    await page.locator('.prompt').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    expect((await compare.derivative.text()).trim()).toBe('one two');
  });

  it('keeps comparisons: one is found, named, opened, deleted and had again', async () => {
    const compare = await open();
    const { page } = compare;
    await compare.ask('one two');
    await compare.untilIdle();
    await page.getByRole('button', { name: 'New comparison' }).click();
    await compare.ask('three four');
    await compare.untilIdle();
    await page.getByRole('button', { name: 'Earlier comparisons' }).click();
    const rows = page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem');
    await rows.nth(1).waitFor();
    await page.getByRole('button', { name: 'More for one two' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the comparison' }).fill('Numbers');
    await page.keyboard.press('Enter');
    await page.getByRole('searchbox', { name: 'Search comparisons' }).fill('numb');
    await rows.nth(1).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Numbers/ }).click();
    await page.locator('.prompt', { hasText: 'one two' }).waitFor();
    expect((await compare.derivative.text()).trim()).toBe('one two');
    await page.getByRole('button', { name: 'More for Numbers' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.locator('.prompt').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.prompt', { hasText: 'one two' }).waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem').nth(1).waitFor();
  });

  it('says when the tab’s storage is full, and loses nothing that is shown', async () => {
    const compare = await open({
      prepare: async (page) => {
        await page.addInitScript(() => {
          Storage.prototype.setItem = () => {
            throw new DOMException('full', 'QuotaExceededError');
          };
        });
      },
    });
    await compare.ask('one two');
    await compare.untilIdle();
    await compare.page.getByText('This tab’s storage is full: after a reload this comparison is found among the earlier ones.').waitFor();
    expect((await compare.derivative.text()).trim()).toBe('one two');
    await compare.page.reload();
    await compare.page.getByRole('button', { name: 'Earlier comparisons' }).click();
    await compare.page
      .getByRole('region', { name: 'Comparisons' })
      .getByRole('button', { name: /^one two/ })
      .click();
    await compare.derivative.untilState(/^done/);
    expect((await compare.derivative.text()).trim()).toBe('one two');
  });

  it('shares the width as one likes: by the keyboard, by dragging, and one pane alone', async () => {
    const { page, baseline, derivative } = await open();
    const divider = page.getByRole('separator', { name: 'Width of the panes' });
    const width = async (pane: typeof baseline): Promise<number> => (await pane.head.boundingBox())?.width ?? 0;
    await divider.focus();
    for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowRight');
    const at = (percent: number) => page.locator(`tandem-divider[aria-valuenow="${percent}"]`);
    await at(60).waitFor();
    expect((await width(baseline)) / (await width(derivative))).toBeCloseTo(1.5, 1);
    const box = await divider.boundingBox();
    const low = box!.y + box!.height - 20;
    await page.mouse.move(box!.x + 6, low);
    await page.mouse.down();
    await page.mouse.move(box!.x - 250, low, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(() => Number(document.querySelector('tandem-divider')?.getAttribute('aria-valuenow')) < 45);
    await page.keyboard.press('Alt+Shift+Digit1');
    await derivative.head.waitFor({ state: 'hidden' });
    await divider.dblclick();
    await derivative.head.waitFor();
    await at(50).waitFor();
  });

  it('asks again five times and tells the spread', async () => {
    const compare = await open();
    await compare.ask('one two three');
    await compare.untilIdle();
    await compare.page.getByRole('button', { name: 'Repeat 5×' }).click();
    await compare.page
      .locator('.runs', { hasText: /5 runs · first token \d+ ms \(\d+ ms to \d+ ms\)/ })
      .nth(1)
      .waitFor();
    await compare.untilIdle();
    expect((await compare.derivative.text()).trim()).toBe('one two three');
  });

  it.each([360, 1280])('prints the whole comparison, from a page of %i px as well', async (width) => {
    const compare = await open({ viewport: { width, height: 700 } });
    const { page, baseline, derivative } = compare;
    for (const prompt of ['one\n\n'.repeat(30), 'two']) {
      await compare.ask(prompt);
      await compare.untilIdle();
    }
    await page.emulateMedia({ media: 'print' });
    for (const pane of [baseline, derivative]) expect(await pane.cell.isVisible()).toBe(true);
    expect(await compare.composer.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(900);
    expect(await compare.scroller.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
  });

  it('says that a model is not well before it is asked, and why', async () => {
    const { page, baseline } = await open();
    await baseline.head.getByRole('button', { name: /^Baseline model/ }).click();
    const gone = page.getByRole('option', { name: /Gone/ });
    await gone.getByText('unreachable', { exact: true }).waitFor({ timeout: 30_000 });
    expect(await gone.innerText()).toContain('Nothing listens at');
    await gone.click();
    await baseline.head.getByRole('button', { name: 'Baseline model: Gone' }).waitFor();
  });

  it('takes a link that names models by their names, and says when one is not there', async () => {
    const { page, baseline, derivative } = await open({ path: '/?baseline=Gone&twodelta=nobody' });
    await baseline.head.getByRole('button', { name: 'Baseline model: Gone' }).waitFor();
    await page.locator('.warning', { hasText: 'Two Delta: no model here is called nobody' }).waitFor();
    expect(await derivative.state()).toBe('no model');
    await page.getByRole('textbox', { name: /^Ask both/ }).fill('Hi');
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await derivative.head.getByRole('button', { name: /^Two Delta model/ }).click();
    await page.getByRole('option', { name: /Other echo/ }).click();
    await page.locator('.warning').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Send' }).isEnabled()).toBe(true);
  });

  it('sends once, however often it is asked to', async () => {
    const compare = await open();
    const requests: string[] = [];
    compare.page.on('request', (request) => void (request.url().endsWith('/stream') && request.method() === 'POST' && requests.push(request.url())));
    await compare.composer.fill('one two three four five six');
    await compare.page.getByRole('button', { name: 'Send' }).dblclick();
    for (let n = 0; n < 5; n++) await compare.composer.press('Control+Enter');
    await compare.untilIdle();
    expect(requests).toHaveLength(2);
  });
});
