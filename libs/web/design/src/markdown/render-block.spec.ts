import { renderBlock } from './render-block';

function render(source: string): HTMLElement {
  const host = document.createElement('div');
  renderBlock(host, source);
  return host;
}

describe('renderBlock', () => {
  it('shows emphasis, lists, tables and code', () => {
    const host = render('**bold** and `code`\n\n- one\n\n| a |\n|---|\n| 1 |\n');
    expect(Array.from(host.querySelectorAll('strong, code, li, th'), (element) => element.textContent)).toEqual(['bold', 'code', 'one', 'a']);
  });

  it('keeps single line breaks', () => {
    expect(render('roses\nviolets').querySelector('br')).not.toBeNull();
  });

  it('gives every heading one level, below the page’s own', () => {
    expect(Array.from(render('# a\n\n### b').querySelectorAll('h3'), ({ className }) => className)).toEqual(['heading-1', 'heading-3']);
  });

  it('frames code with its language and a copy button', () => {
    const host = render('```python\nprint(1)\n```');
    expect(host.querySelector('.code-bar')?.textContent).toBe('pythonCopy');
    expect(host.querySelector('pre')?.textContent).toBe('print(1)');
  });

  it('shows a very long block as plain text', () => {
    const host = render('word '.repeat(6_000));
    expect(host.querySelector(':not(.plain-piece)')).toBeNull();
    expect(host.textContent).toBe('word '.repeat(6_000).trimEnd());
    expect(host.classList).toContain('plain');
  });

  it('opens links in a new tab that knows nothing of this one', () => {
    const link = render('[x](https://example.org/a)').querySelector('a');
    expect(link?.outerHTML).toBe('<a href="https://example.org/a" target="_blank" rel="noopener noreferrer">x</a>');
  });

  it('shows an image as a link that nothing fetches', () => {
    const host = render('![a cat](https://evil.example/?q=secret)');
    expect(host.querySelector('img')).toBeNull();
    expect(host.querySelector('a')?.textContent).toBe('image: a cat');
  });

  describe('with HTML in the text', () => {
    it.each([
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg onload=alert(1)><animate onbegin=alert(1)>',
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
      '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
      '<style>* { display: none }</style>',
      '<form action="https://evil.example"><input name=a></form>',
      '<base href="https://evil.example/">',
      'text <b onmouseover=alert(1)>bold</b> text',
      '```"onmouseover=alert(1)\n<img src=x onerror=alert(1)>\n```',
    ])('shows %j as text', (source) => {
      const host = render(source);
      expect(host.querySelector('script, img, svg, math, iframe, style, form, input, base, b')).toBeNull();
      for (const element of host.querySelectorAll('*')) {
        expect(element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style')).toEqual([]);
      }
    });

    it('loses none of it', () => {
      expect(render('a <img src=x onerror=alert(1)> b').textContent.trim()).toBe('a <img src=x onerror=alert(1)> b');
    });
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](vbscript:x)',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](file:///etc/passwd)',
    '[x](/relative)',
    '<javascript:alert(1)>',
  ])('leaves %j dead', (source) => {
    expect(render(source).querySelector('a[href]')).toBeNull();
  });
});
