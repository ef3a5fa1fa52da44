import { LONG, useCompare } from './use-compare';

describe('the turns of a comparison', () => {
  const { echo, open } = useCompare();

  it('says why a dead server does not answer, while the other side finishes', async () => {
    const compare = await open({ path: '/?baseline=gone' });
    await compare.ask('one two three');
    await compare.baseline.untilState(/failed/);
    expect(await compare.baseline.cell.innerText()).toMatch(/127\.0\.0\.1:\d+/);
    await compare.derivative.untilState(/^done/);
    expect((await compare.derivative.text()).trim()).toBe('one two three');
    expect(await compare.baseline.cell.getByRole('button', { name: 'Retry' }).count()).toBe(1);
  });

  it('keeps a comparison of which one side failed, with its reason, over a reload', async () => {
    const compare = await open({ path: '/?baseline=gone' });
    await compare.ask('one two three');
    await compare.baseline.untilState(/failed/);
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
    const release = echo().hold();
    await compare.ask(LONG.slice(0, 160).trim());
    await baseline.untilLonger(10);
    await baseline.button('Stop').click();
    await baseline.untilState(/^stopped by you/);
    release();
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

  it('says that a model is not well before it is asked, and why', async () => {
    const { page, baseline } = await open();
    await baseline.head.getByRole('button', { name: /^Baseline model/ }).click();
    const gone = page.getByRole('option', { name: /Gone/ });
    await gone.getByText('unreachable', { exact: true }).waitFor();
    await gone.filter({ hasText: 'Nothing listens at' }).waitFor();
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
});
