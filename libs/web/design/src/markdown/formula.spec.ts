import { workMs } from '@tandem/testing/growth';
import { until } from '@tandem/testing/until';
import { formulaAt } from './formula';
import { mathmlOf } from './mathml';
import { renderBlock } from './render-block';

/** Processor time that the longest formula may take of a test: a browser takes a tenth of it. */
const MOST_MS = 1_000;

function formulas(source: string): (string | null)[] {
  const host = document.createElement('div');
  renderBlock(host, source);
  return Array.from(host.querySelectorAll('.formula, .formula-block'), (it) => it.querySelector('annotation')?.textContent ?? it.textContent);
}

/** What is rendered first is typeset first: once the other one is, so is all that can be of this. */
async function typeset(source: string): Promise<HTMLElement> {
  const [host, other] = [document.createElement('div'), document.createElement('div')];
  renderBlock(host, source);
  renderBlock(other, '\\(x\\)');
  await until(() => other.querySelector('math') !== null);
  return host;
}

describe('formulas', () => {
  it.each([
    ['The area is \\(\\pi r^2\\), and \\(a*b*c\\).', ['\\pi r^2', 'a*b*c']],
    ['\\[ x = \\frac{1}{2} \\]', [' x = \\frac{1}{2} ']],
    ['$$\na\n- b\n$$', ['\na\n- b\n']],
    ['- item\n\n  $$\n  a\n  $$', ['\na\n']],
    ['Since $x_1$, $y$ and $5x + 3 = 8$; the $n$th of $5$', ['x_1', 'y', '5x + 3 = 8', 'n', '5']],
    ['| $a$ |\n|---|\n| \\(b\\) |', ['a', 'b']],
    ['*so $a*b$ is*', ['a*b']],
  ])('are found in %j', async (source, found) => {
    const host = await typeset(source);
    expect(Array.from(host.querySelectorAll('math annotation'), (it) => it.textContent)).toEqual(found);
  });

  it.each([
    'costs $5 and $10',
    'from $5 (or 4 €) to 6$ each',
    'US$5, A$6 and 7$ or 8$',
    '$5-$10, $1,000 and $2.50',
    'echo $HOME and $PATH',
    'echo $HOME:$PATH',
    '$foo$ and `$x$`',
    'a $ b $ c',
    'half of \\(one',
    '$$ and $$$',
  ])('are not seen in %j', (source) => {
    const host = document.createElement('div');
    renderBlock(host, source);
    expect(formulas(source)).toEqual([]);
    expect(host.textContent?.trim()).toBe(source.replaceAll('`', ''));
  });

  it.each([
    '\\(\\nosuchmacro{a}\\)',
    '\\(\\frac{1}\\)',
    '\\(50% of it\\)',
    '\\(\\href{javascript:alert(1)}{x}\\)',
    '\\(\\includegraphics{https://evil.example/a.png}\\)',
    `\\(${'{'.repeat(900)}${'}'.repeat(900)}\\)`,
    `\\(${'x^'.repeat(900)}\\)`,
    '\\(\\def\\a{\\a\\a}\\a\\)',
    `\\[\\begin{matrix}${'&'.repeat(1_500)}\\end{matrix}\\]`,
  ])('stay as they are written where they cannot be typeset: %s', async (source) => {
    const host = await typeset(source);
    expect(host.querySelector('math')).toBeNull();
    expect(host.textContent?.trim()).toBe(source);
  });

  it('keeps the letters of an alphabet, and aligns at the equals sign', () => {
    expect(mathmlOf('\\(\\mathbb{R}, \\mathcal{L}, \\mathfrak{g}\\)')?.querySelector('mrow')?.textContent).toBe('ℝ,ℒ,𝔤');
    const cells = mathmlOf('\\[\\begin{aligned} a &= b \\end{aligned}\\]')?.querySelectorAll('mtd') ?? [];
    expect(Array.from(cells, (cell) => cell.className)).toEqual(['column-right', 'column-left']);
  });

  it('brings no style, no address and no handler', () => {
    for (const tex of ['\\color{red}{x}', '\\htmlStyle{color:red}{x}', '\\url{https://evil.example}', '\\rlap{over}x', '\\boxed{x}', '\\hspace{9999em}x']) {
      for (const element of mathmlOf(`\\(${tex}\\)`)?.querySelectorAll('*') ?? []) {
        expect(element.getAttributeNames().filter((name) => /^(?:style|href|src|on.*|math(?:color|background))$/.test(name))).toEqual([]);
      }
    }
  });

  it('holds nothing up, whatever it is made of', () => {
    for (const pattern of [
      '{a',
      '\\frac',
      '^',
      '\\left(',
      '\\sqrt{',
      '\\text{a',
      '\\\\',
      '&',
      '\\begin{matrix}',
      '\\def\\a{\\b}',
      '\\color{red}',
      "'",
      'a_',
      '\\hat ',
    ]) {
      const formula = `\\(${pattern.repeat(1_900 / pattern.length)}\\)`;
      expect(workMs(() => mathmlOf(formula), MOST_MS)).toBeLessThan(MOST_MS);
    }
  });

  it('ends at a blank line, and where it is too long', () => {
    expect(formulaAt('\\[a\n\nb\\]', '')).toBeUndefined();
    expect(formulaAt(`$$${'a'.repeat(3_000)}$$`, '')).toBeUndefined();
  });
});
