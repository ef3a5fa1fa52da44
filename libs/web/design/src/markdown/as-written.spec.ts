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
    ['5) five\n6) six', ['5', '6']],
    ['1. one\n3. three\n4. four', ['1', '3', '4']],
    ['3. three\n2. two\n1. one', ['3', '2', '1']],
    ['1. one\n1. two\n1. three', ['1', '2', '3']],
  ])('counts %j as it says', (source, numbers) => {
    let number = Number(render(source).querySelector('ol')?.getAttribute('start') ?? 1) - 1;
    const shown = Array.from(render(source).querySelectorAll('li'), (item) => `${(number = Number(item.getAttribute('value') ?? number + 1))}`);
    expect(shown).toEqual(numbers);
  });

  it('writes a bracket behind a number that had one', () => {
    expect(render('5) five').querySelector('ol')?.className).toBe('parenthesised');
  });

  it('keeps the cells that its table has no heading for', () => {
    const host = render('| a |\n|--:|\n| 1 | 2 | 3 |\n| 4 |');
    expect(Array.from(host.querySelectorAll('td'), (cell) => cell.textContent)).toEqual(['1', '2', '3', '4', '', '']);
    expect(host.querySelector('td')?.getAttribute('align')).toBe('right');
  });

  it('still lets a backslash stand for what it escapes', () => {
    expect(text('a \\*star\\*')).toBe('a *star*');
  });

  it.each(['[1]: https://example.org/a', '[1]: nowhere "title"', '[x](/a/file.txt)', '![chart](chart.png "Sales")', 'See [this][1] and a note[^2].'])(
    'loses nothing of %j',
    (source) => expect(text(source).replaceAll(/\s+/g, '')).toBe(source.replaceAll(/\s+/g, '')),
  );

  it.each(['2*3*4', '2**3**4', 'a*b*c = d', 'snake_case_name', 'C#, F# and #hash', '1 < 2 > 0', 'C:\\Users\\me'])('changes nothing of %j', (source) => {
    expect(text(source)).toBe(source);
  });

  it('still stresses what is no product', () => {
    expect(render('*a* and 这是*强调*文字').querySelectorAll('em')).toHaveLength(2);
  });

  it('says of what code is, as it was said', () => {
    const host = render('```Python title="src/a.py"\nx = 1\n```');
    expect(host.querySelector('.code-language')?.textContent).toBe('Python title="src/a.py"');
    expect(host.querySelector('code')?.className).toBe('language-python');
    expect(host.querySelector('[title]')).toBeNull();
  });

  it('keeps the lines of HTML', () => {
    expect(render('<ul>\n  <li>a</li>\n</ul>').querySelector('.as-written')?.textContent).toBe('<ul>\n  <li>a</li>\n</ul>');
  });

  it('keeps the title of a link', () => {
    expect(render('[a](https://example.org/ "Title: 1")').querySelector('a')?.title).toBe('Title: 1');
  });

  it('reads in its own direction, and code from left to right', () => {
    const host = render('# שלום\n\nשלום `a`\n\n- אחת\n\n| א |\n|---|\n| ב |\n\n```\ncode\n```');
    expect(Array.from(host.children, (part) => part.getAttribute('dir'))).toEqual(['auto', 'auto', 'auto', 'auto', null]);
    // else its list or its table would not look into it
    for (const element of host.querySelectorAll('li, th, td')) expect(element.hasAttribute('dir')).toBe(false);
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
