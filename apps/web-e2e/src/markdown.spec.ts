import { eventually } from '@tandem/testing';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

const ANSWER = `Since $x_1 = 2$, and it costs $5 and $10, \\(\\mathbb{R}\\) is large.

\\[
\\begin{aligned} a &= \\frac{1}{2} \\\\ bcd &= 3 \\end{aligned}
\\]

Wrong: \\(\\nosuchmacro{a}\\). See [the source][1] and a note[^1].

1. one

   \`\`\`js
   a -> b
   \`\`\`
3. three

- שלום
- word

[1]: https://example.org/source
[^1]: The note.
`;

describe('a model’s text', () => {
  let echo: Echo;
  const { open, openChat } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 300 });
    return {
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other echo', endpoint: echo.endpoint }]),
    };
  });
  afterAll(() => echo.close());

  it('is set with its formulas, in both panes, under the page’s own policy', async () => {
    const compare = await open();
    await compare.ask(ANSWER);
    await compare.untilIdle();
    for (const { answer } of [compare.baseline, compare.derivative]) {
      await answer.locator('math').nth(2).waitFor();
      // a block after the other, and then again what refers to later ones
      await answer.getByText('The note.').first().waitFor();
      await answer.getByRole('link', { name: 'the source' }).waitFor();
      expect(await answer.locator('math annotation').allTextContents()).toEqual([
        'x_1 = 2',
        '\\mathbb{R}',
        expect.stringContaining('\\begin{aligned} a &= \\frac{1}{2}'),
      ]);
      const text = await answer.innerText();
      for (const part of ['costs $5 and $10', 'ℝ', '\\(\\nosuchmacro{a}\\)', '[1]: https://example.org/source', 'The note.']) expect(text).toContain(part);
      // a half is drawn as one: its parts above each other
      const [half, third] = [await answer.locator('mfrac mn').first().boundingBox(), await answer.locator('mfrac mn').last().boundingBox()];
      expect(third?.y).toBeGreaterThan(half?.y ?? Infinity);
      const edges = await answer
        .locator('.column-right')
        .evaluateAll((cells) => cells.map((cell) => Array.from(cell.querySelectorAll('mi')).at(-1)?.getBoundingClientRect().right ?? 0));
      expect(Math.max(...edges) - Math.min(...edges)).toBeLessThan(3);
      expect(await answer.getByRole('link', { name: 'the source' }).getAttribute('href')).toBe('https://example.org/source');
      expect(await answer.locator('ol > li').evaluateAll((items) => items.map((item) => (item as HTMLLIElement).value))).toEqual([0, 3]);
    }
    const list = compare.baseline.answer.locator('ul');
    expect(await list.evaluate((it) => getComputedStyle(it).direction)).toBe('rtl');
    const items = list.locator('li');
    expect(await items.evaluateAll((them) => them.map((it) => getComputedStyle(it).unicodeBidi))).toEqual(['plaintext', 'plaintext']);
    expect(await items.evaluateAll((them) => them.map((it) => getComputedStyle(it).textAlign))).toEqual(['right', 'right']);
  });

  it('loads what sets formulas with the first of them', async () => {
    const chat = await openChat();
    const { page } = chat;
    const loaded = (): Promise<number> => page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length);
    await chat.choose('Echo');
    await chat.ask('A *text* without any, for $5 or $10.');
    const before = await loaded();
    await chat.ask('Now \\(x^2\\).');
    await chat.answers.last().locator('math msup').waitFor();
    await eventually(async () => expect(await loaded()).toBeGreaterThan(before));
  });
});
