import { TestBed } from '@angular/core/testing';
import { until } from '@tandem/testing/until';
import { type TextPiece } from './pieces';
import { type LookedAt, TokenText } from './token-text';

const piece = (text: string, bits = 0): TextPiece => ({ text, bits: { baseline: bits, derivative: 0 }, kl: null, tokens: { baseline: [], derivative: [] } });
/** Each tenth piece surprises the baseline. */
const PIECES = Array.from({ length: 620 }, (_, at) => piece(`w${at} `, at % 10 === 9 ? 8 : 0));

async function setup(pieces = PIECES) {
  const fixture = TestBed.createComponent(TokenText);
  const { componentRef, nativeElement } = fixture;
  document.body.append(nativeElement);
  componentRef.setInput('pieces', pieces);
  componentRef.setInput('under', 'baseline');
  componentRef.setInput('label', 'The answer');
  const looked: LookedAt[] = [];
  fixture.componentInstance.look.subscribe((each) => looked.push(each));
  const host = nativeElement as HTMLElement;
  await until(() => host.querySelectorAll('[role=option]').length === pieces.length);
  const press = (key: string): void => void document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  return { host, looked, press, stops: () => host.querySelectorAll<HTMLElement>('[tabindex="0"]') };
}

afterEach(() => document.body.replaceChildren());

describe('TokenText', () => {
  it('draws every piece, in its place and with its shade', async () => {
    const { host } = await setup();
    expect(host.textContent).toBe(PIECES.map(({ text }) => text).join(''));
    expect(host.getAttribute('role')).toBe('listbox');
    expect(host.querySelectorAll('.step-3').length).toBe(62);
    expect(host.querySelectorAll('.step-0').length).toBe(558);
  });

  it('gives white space a name', async () => {
    const { host } = await setup([piece(' '), piece('\n\n'), piece('a')]);
    expect([...host.querySelectorAll('[role=option]')].map((each) => [each.getAttribute('aria-label'), each.classList.contains('break')])).toEqual([
      ['space', false],
      ['line break', true],
      [null, false],
    ]);
  });

  it('is one tab stop, which goes along with the arrow keys', async () => {
    const { stops, press, looked } = await setup();
    expect([...stops()].map((stop) => stop.textContent)).toEqual(['w0 ']);
    stops()[0]?.focus();
    press('ArrowRight');
    press('ArrowRight');
    press('ArrowLeft');
    expect([...stops()].map((stop) => stop.textContent)).toEqual(['w1 ']);
    expect(document.activeElement?.textContent).toBe('w1 ');
    expect(looked.map(({ at }) => at)).toEqual([0, 1, 2, 1]);
  });

  it('goes to its ends and no further, and to what surprises', async () => {
    const { stops, press } = await setup();
    const at = (): string | null | undefined => document.activeElement?.textContent;
    stops()[0]?.focus();
    press('ArrowLeft');
    expect(at()).toBe('w0 ');
    press('ArrowDown');
    press('ArrowDown');
    expect(at()).toBe('w19 ');
    press('ArrowUp');
    expect(at()).toBe('w9 ');
    press('End');
    expect(at()).toBe('w619 ');
    press('ArrowDown');
    press('ArrowRight');
    expect(at()).toBe('w619 ');
    press('Home');
    expect(at()).toBe('w0 ');
  });
});
