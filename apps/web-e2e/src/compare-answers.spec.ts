import { eventually, until } from '@tandem/testing';
import { ENDLESS } from './start-echo';
import { LONG, useCompare } from './use-compare';

describe('the answers of a comparison', () => {
  const { echo, open } = useCompare();

  it('stops one side while the other goes on', async () => {
    const compare = await open();
    await compare.ask(ENDLESS);
    await Promise.all([compare.baseline.untilLonger(40), compare.derivative.untilLonger(40)]);
    const cancelledBefore = echo().cancelled();
    await compare.baseline.button('Stop').click();
    await compare.baseline.untilState(/^stopped by you$/);
    const kept = await compare.baseline.text();
    await until(() => echo().cancelled() > cancelledBefore);
    await compare.derivative.untilLonger((await compare.derivative.text()).length);
    expect(await compare.derivative.state()).toBe('streaming');
    expect(await compare.baseline.text()).toBe(kept);
    expect(echo().cancelled()).toBe(cancelledBefore + 1);
  });

  it('stops both', async () => {
    const compare = await open();
    await compare.ask(ENDLESS);
    await Promise.all([compare.baseline.untilLonger(10), compare.derivative.untilLonger(10)]);
    await compare.page.getByRole('button', { name: 'Stop all' }).click();
    await Promise.all([compare.baseline.untilState(/^stopped by you$/), compare.derivative.untilState(/^stopped by you$/)]);
  });

  it('shows both answers token by token', async () => {
    const compare = await open();
    const lengths = await compare.watchLengths();
    const release = echo().hold();
    await compare.ask(ENDLESS);
    // what has come is shown before there is more
    for (const { answer } of [compare.baseline, compare.derivative]) await answer.filter({ hasText: /word4\s*$/ }).waitFor();
    release();
    await eventually(async () => {
      for (const steps of await lengths()) expect(steps).toBeGreaterThan(10);
    });
  });

  it('asks one side again', async () => {
    const compare = await open();
    const prompt = LONG.slice(0, 160).trim();
    await compare.ask(prompt);
    await compare.untilIdle();
    const release = echo().hold();
    await compare.baseline.button('Retry').click();
    await compare.baseline.untilState(/^streaming$/);
    expect(await compare.derivative.state()).toMatch(/^done/);
    release();
    await compare.baseline.untilState(/^done/);
    expect((await compare.baseline.text()).trim()).toBe(prompt);
  });

  it('keeps what had come of an answer that is asked for again', async () => {
    const compare = await open();
    const { baseline, derivative, page } = compare;
    await compare.ask(ENDLESS);
    await baseline.untilLonger(10);
    await page.getByRole('button', { name: 'Stop all' }).click();
    await Promise.all([baseline.untilState(/^stopped by you$/), derivative.untilState(/^stopped by you$/)]);
    const had = (await baseline.text()).trim();
    await baseline.button('Retry').click();
    await baseline.cell.getByText(/^Earlier answer · stopped by you · \d+ pieces?$/).click();
    expect((await baseline.cell.locator('tandem-earlier-answer .prose').innerText()).trim()).toBe(had);
    await baseline.untilState(/^streaming$/);
    await baseline.untilLonger(10);
    await page.reload();
    await baseline.cell.getByText(/^Earlier answer · stopped by you/).waitFor();
    await page.getByRole('button', { name: 'Stop all' }).click();
  });

  it('says who answered when the pane names another model since', async () => {
    const compare = await open();
    const { baseline, page } = compare;
    await compare.ask(ENDLESS);
    await baseline.untilLonger(10);
    await baseline.head.getByRole('button', { name: 'Baseline model: Echo' }).click();
    await page.getByRole('option', { name: /Gone/ }).click();
    await baseline.cell.getByText('Answered by Echo').waitFor();
    await eventually(async () => expect(await baseline.cell.locator('footer').innerText()).toMatch(/streaming\s+Echo/));
    await page.getByRole('button', { name: 'Stop all' }).click();
    await eventually(async () => expect(await baseline.cell.locator('footer').innerText()).toMatch(/stopped by you\s+Echo/));
  });

  it('says that an answer is empty, and why', async () => {
    const compare = await open();
    await compare.ask('nothing');
    await compare.untilIdle();
    for (const pane of [compare.baseline, compare.derivative]) await pane.cell.getByText('Empty answer: the model ended at once, without a word.').waitFor();
  });

  it('asks again five times and tells the spread', async () => {
    const compare = await open();
    await compare.ask('one two three');
    await compare.untilIdle();
    await compare.page.getByRole('button', { name: 'Repeat 5×' }).click();
    await compare.page
      .locator('.runs', { hasText: /5 runs · first token [\d.]+ m?s \([\d.]+ m?s to [\d.]+ m?s\)/ })
      .nth(1)
      .waitFor();
    await compare.untilIdle();
    expect((await compare.derivative.text()).trim()).toBe('one two three');
  });

  it('sends once, however often it is asked to', async () => {
    const compare = await open();
    const requests: string[] = [];
    compare.page.on('request', (request) => void (request.url().endsWith('/stream') && request.method() === 'POST' && requests.push(request.url())));
    await compare.composer.fill('one two three four five six');
    await compare.page.getByRole('button', { name: 'Send' }).dblclick();
    for (let n = 0; n < 5; n++) await compare.composer.press('Control+Enter');
    await compare.page.locator('.prompt').waitFor();
    await compare.untilIdle();
    expect(requests).toHaveLength(2);
  });
});
