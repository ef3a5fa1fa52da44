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

  it('is struck by two tildes, not by one', () => {
    expect(text('10~20 and 30~40')).toBe('10~20 and 30~40');
    expect(text('a ~b~ c')).toBe('a ~b~ c');
    expect(render('a ~~b~~ c').querySelector('del')?.textContent).toBe('b');
  });
});
