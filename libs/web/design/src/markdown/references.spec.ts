import { MarkdownView } from './markdown-view';
import * as renderer from './render-block';

const SURROUNDINGS = { nowMs: () => 0, later: (work: () => void) => work() };

function shown(text: string, characters: number): HTMLElement {
  const host = document.createElement('div');
  const view = new MarkdownView(host, renderer, SURROUNDINGS);
  for (let length = 0; length < text.length; length += characters) view.show(text.slice(0, length), false);
  view.show(text, true);
  return host;
}

const addresses = (host: HTMLElement): (string | null)[] => Array.from(host.querySelectorAll('p a'), (link) => link.getAttribute('href'));

describe('what refers to other parts of a text', () => {
  it.each([
    [
      'after it',
      'See [this][A b], [it][] and [that].\n\nMore.\n\n[a  B]: https://example.org/1\n[it]: <https://example.org/2> "t"\n[that]: https://example.org/3',
    ],
    ['before it', '[a b]: https://example.org/1\n[it]: https://example.org/2\n[that]: https://example.org/3\n\nMore.\n\nSee [this][A b], [it][] and [that].'],
  ])('finds what is defined %s, however it comes', (_, text) => {
    for (const characters of [1, 20, 1_000]) {
      expect(addresses(shown(text, characters))).toEqual([1, 2, 3].map((n) => `https://example.org/${n}`));
    }
  });

  it('shows where a reference leads, and what no reference leads to', () => {
    const host = shown('A [b].\n\n[b]: https://example.org/b\n[c]: /not/a/page\n', 1_000);
    expect(Array.from(host.querySelectorAll('.definition'), (it) => it.textContent)).toEqual(['[b]: https://example.org/b', '[c]: /not/a/page']);
  });

  it('leads where the first of two definitions says, and never out of the web', () => {
    expect(addresses(shown('[a] [b]\n\n[a]: https://example.org/1\n[a]: https://example.org/2\n[b]: javascript:alert(1)', 9))).toEqual([
      'https://example.org/1',
    ]);
  });

  it('raises the marks of footnotes that there are', () => {
    const host = shown('One[^1], two[^x], none[^3].\n\n[^1]: The first.\n\n    Its *second* part.\n[^x]: The other.\n\nEnd.', 5);
    expect(Array.from(host.querySelectorAll('p sup'), (mark) => mark.textContent)).toEqual(['1', 'x']);
    expect(host.textContent).toContain('none[^3].');
    expect(Array.from(host.querySelectorAll('.footnote'), (note) => note.textContent?.replaceAll(/\s+/g, ' ').trim())).toEqual([
      '1 The first. Its second part.',
      'x The other.',
    ]);
    expect(host.lastElementChild?.textContent?.trim()).toBe('End.');
  });

  it('renders a block that knew too little once more, and no other', () => {
    const rendered: string[] = [];
    const view = new MarkdownView(
      document.createElement('div'),
      {
        renderBlock: (host, source, context) => {
          rendered.push(source.trim());
          renderer.renderBlock(host, source, context);
        },
        renderTail: () => undefined,
      },
      SURROUNDINGS,
    );
    const text = '[a] [b]\n\n[no]\n\nText.\n\n[a]: https://example.org/a\n\n[b]: https://example.org/b\n\n[a] again';
    for (let length = 0; length < text.length; length++) view.show(text.slice(0, length), false);
    view.show(text, true);
    expect(rendered).toEqual(['[a] [b]', '[no]', 'Text.', '[a]: https://example.org/a', '[b]: https://example.org/b', '[a] again', '[a] [b]']);
  });
});
