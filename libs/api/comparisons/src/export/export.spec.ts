import type { Comparison, KeptAnswer } from '@tandem/shared/contracts';
import { exported } from '../testing/kept-content';
import { exportFile } from './export-file';
import { textWithLinks } from './html-text';

const answer = (text: string, more: Partial<KeptAnswer> = {}): KeptAnswer => ({
  model: 'm',
  identity: null,
  text,
  thoughts: null,
  finish_reason: 'stop',
  error: null,
  usage: null,
  timings: null,
  seed: null,
  ignored_parameters: [],
  ...more,
});

function comparison(prompt: string, baseline: string, derivative = ''): Comparison {
  return {
    id: '019ac9f2-0d5c-7a31-9b7e-3c2f6f1f7a10',
    url: '/comparisons/019ac9f2-0d5c-7a31-9b7e-3c2f6f1f7a10',
    created_at: '2026-11-28T12:00:00.000Z',
    updated_at: '2026-11-28T12:00:00.000Z',
    title: 'A <b>title</b>',
    note: '',
    baseline: 'a"b',
    derivative: 'c&d',
    system: null,
    parameters: { baseline: {}, derivative: { temperature: 0 } },
    config_version: null,
    turns: [{ prompt, baseline: answer(baseline, { thoughts: '<i>hm</i>' }), derivative: answer(derivative) }],
  };
}

const textOf = (of: Comparison, format: 'csv' | 'jsonl' | 'md' | 'html'): string => [...exportFile(exported(of), format).pieces].join('');

describe('an export', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('as CSV makes %j no formula', (text) => {
    const csv = textOf(comparison(text, text), 'csv');
    const row = csv.split('\r\n')[1] ?? '';
    expect(row).toContain(`'${text}`);
    expect(row).not.toContain(`,${text}`);
  });

  it('as CSV keeps commas, quotes and lines within their cells', () => {
    expect(textOf(comparison('a,"b"\nc', ''), 'csv')).toContain('"a,""b""\nc"');
  });

  it('as JSON Lines has a line for each turn', () => {
    const lines = textOf(
      { ...comparison('one', ''), turns: ['one', 'two'].map((prompt) => ({ prompt, baseline: answer('x\ny'), derivative: answer('') })) },
      'jsonl',
    )
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { turn: 0, prompt: 'one', baseline: { text: 'x\ny' } },
      { turn: 1, prompt: 'two' },
    ]);
  });

  it('as Markdown keeps what was said out of its own structure', () => {
    const text = textOf(comparison('# no heading\n```\n- no list', ''), 'md');
    expect(text).toContain('> # no heading\n> ```\n> - no list');
    expect(text).toContain('# A \\<b\\>title\\</b\\>');
  });

  it('as HTML runs nothing and asks for nothing', () => {
    const hostile = '<script>alert(1)</script><img src=//evil.example/x onerror=alert(1)> </p></body> javascript:alert(1) &lt;';
    const text = textOf(comparison(hostile, hostile, hostile), 'html');
    expect(text).not.toMatch(
      /<(?!\/?(?:html|head|meta|title|style|body|h[123]|p|dl|dt|dd|section|div|article|small|span|details|summary|a|del|ins)\b|!doctype)/i,
    );
    expect((text.match(/<[^>]*>/g) ?? []).join('')).not.toMatch(/\s(?:src|srcset|on\w+|action|data)=/i);
    expect(text).not.toMatch(/<(?:link|base|iframe|form)\b|@import|url\(/i);
    expect(text).toContain("default-src 'none'");
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it.each([
    ['see https://a.example/b?c=1&d=2.', 'see <a href="https://a.example/b?c=1&amp;d=2" rel="noopener noreferrer">https://a.example/b?c=1&amp;d=2</a>.'],
    ['[x](http://a.example)', '[x](<a href="http://a.example" rel="noopener noreferrer">http://a.example</a>)'],
    ['https://"onclick=x', 'https://&quot;onclick=x'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
  ])('as HTML leaves links that are some: %s', (text, html) => {
    expect(textWithLinks(text)).toBe(html);
  });
});
