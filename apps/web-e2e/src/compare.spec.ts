import { eventually } from '@tandem/testing';
import { usePage } from './use-page';

describe('comparing the demo pair', () => {
  const { open } = usePage();

  it('shows who is asked, and that both are ready', async () => {
    const { baseline, derivative, page } = await open();
    await page.getByText('config: ').waitFor();
    expect(await derivative.head.innerText()).toMatch(/Tandem tiny chat/);
    await baseline.head.getByRole('button', { name: 'About Tandem tiny base' }).click();
    const facts = page.getByRole('dialog', { name: 'Tandem tiny base' });
    await eventually(async () => expect(await facts.innerText()).toMatch(/local · llama · Q8_0 · [\d.]+M[\s\S]*Derivatives\s+Tandem tiny chat/));
    await Promise.all([baseline.untilState(/^\s*ready\s*$/), derivative.untilState(/^\s*ready\s*$/)]);
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
      /^TWO DELTA first token [+−±][\d.]+ m?s [\d.]+× tok\/s (equally long|\d+ % (shorter|longer)|[\d.,]+× as long) (the same text|first difference: word \d+)$/,
    );
  });

  it('is as it was when one comes back from another page', async () => {
    const compare = await open({ path: '/?temperature=0&max_tokens=8&system=Be%20brief.' });
    await compare.ask('Hello');
    await compare.untilIdle();
    await compare.page.getByRole('link', { name: 'Models', exact: true }).click();
    await compare.page.getByRole('heading', { name: 'Models', exact: true }).waitFor();
    await compare.page.getByRole('link', { name: 'Compare', exact: true }).click();
    await compare.composer.waitFor();
    await eventually(async () => expect(await compare.page.locator('.prompt').count()).toBe(1));
    await compare.page.waitForFunction(() => location.search.includes('temperature=0&'));
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
