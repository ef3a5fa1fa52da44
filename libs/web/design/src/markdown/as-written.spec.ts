import { renderBlock } from './render-block';

function render(source: string): HTMLElement {
  const host = document.createElement('div');
  renderBlock(host, source);
  return host;
}

const text = (source: string): string => render(source).textContent.trim();

describe('what a model wrote', () => {
  it('keeps the numbers of its lists', () => {
    expect(render('3. three\n4. four').querySelector('ol')?.getAttribute('start')).toBe('3');
  });

  it('keeps the alignment of its tables', () => {
    const cells = render('| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |').querySelectorAll('td');
    expect(Array.from(cells, (cell) => cell.getAttribute('align'))).toEqual(['left', 'center', 'right']);
  });

  it.each([
    'The area is \\(\\pi r^2\\), and \\(a*b*c\\) too.',
    '\\[ x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a} \\]',
    '$$\\begin{aligned} a_1 &= b_1 \\\\ c_1 &= d_1 \\end{aligned}$$',
  ])('keeps the backslashes of %s', (source) => expect(text(source)).toBe(source));

  it('still lets a backslash stand for what it escapes', () => {
    expect(text('a \\*star\\* and 1 \\( alone')).toBe('a *star* and 1 ( alone');
  });

  it.each(['[1]: https://example.org/a', '[^1]: note', 'See [this][1].\n\n[1]: https://example.org/a'])('loses nothing of %j', (source) => {
    expect(text(source).replaceAll(/\s+/g, '')).toBe(source.replaceAll(/\s+/g, ''));
  });

  it('reads in its own direction, and code from left to right', () => {
    const host = render('# שלום\n\nשלום `a`\n\n- אחת\n\n| א |\n|---|\n| ב |\n\n```\ncode\n```');
    for (const element of host.querySelectorAll('h3, p, ul, li, th, td')) expect(element.getAttribute('dir')).toBe('auto');
    for (const element of host.querySelectorAll('pre, code')) expect(element.getAttribute('dir')).toBe('ltr');
  });

  it('reads in its own direction where it is plain', () => {
    const host = render('שלום '.repeat(6_000));
    expect(new Set(Array.from(host.children, (piece) => piece.getAttribute('dir')))).toEqual(new Set(['auto']));
  });

  it('is struck by two tildes, not by one', () => {
    expect(text('10~20 and 30~40')).toBe('10~20 and 30~40');
    expect(text('a ~b~ c')).toBe('a ~b~ c');
    expect(render('a ~~b~~ c').querySelector('del')?.textContent).toBe('b');
  });
});
