import { escapeHtml } from '@tandem/api/http';
import type { Comparison } from '@tandem/shared/contracts';
import { summaryOf } from '../votes/summary-of';
import { bareAnswer, comparison, exported, fullAnswer, oneTurn, votes } from '../testing/kept-content';
import type { Exported } from './exported';
import { textWithLinks } from './html-text';
import { toHtml as pieces } from './to-html';

const toHtml = (of: Comparison, more: Partial<Exported> = {}): string => [...pieces(exported(of, more))].join('');

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const unescaped = (html: string): string => html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
/** What is to be read, as it was written. */
const readable = (html: string): string => unescaped(html.slice(html.indexOf('<body>')).replace(/<[^>]*>/g, ''));

/** What the page is made of. Nothing here loads, runs or sends anything. */
const TAGS =
  /^<(?:!doctype html|html lang="en"|meta charset="utf-8"|meta name="(?:viewport|referrer)" content="[\w=, -]+"|meta http-equiv="Content-Security-Policy" content="[\w\s;'-]+"|\/?(?:html|head|title|style|body|h1|h2|h3|dl|dt|dd|section|div|article|small|details|summary|p|span|a|del|ins)|(?:p|span) class="said(?: prompt)?"(?: dir="auto")?|div class="sides"|a href="https?:\/\/[^"<>]*" rel="noopener noreferrer")>$/;

const HOSTILE = [
  '<script>alert(1)</script>',
  '</title></head><body onload=alert(1)>',
  '</style><style>*{background:url(//evil.example)}',
  '<img src=x onerror="alert(1)">',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '<!-- --><meta http-equiv=refresh content="0;url=//evil.example">',
  '<a href="javascript:alert(1)">click</a>',
  '&lt;script&gt; &#x3c;b&#x3e; &amp;amp;',
  '<base href=//evil.example><link rel=stylesheet href=//evil.example/x.css>',
  '</p></article></section></body></html>',
];

describe('a comparison as HTML', () => {
  it.each(HOSTILE)('holds %j as text, wherever it stands', (text) => {
    const said = { text, thoughts: text, error: { code: 'internal_error', message: text, retryable: false } } as const;
    const html = toHtml(
      comparison({
        title: text,
        note: text,
        baseline: text,
        derivative: text,
        system: text,
        config_version: text,
        parameters: { baseline: { [text]: text }, derivative: { stop: [text] } },
        turns: [{ prompt: text, baseline: bareAnswer(text, text, said), derivative: bareAnswer(text, text, { ...said, ignored_parameters: [text] }) }],
      }),
    );
    expect(tagsOf(html).filter((tag) => !TAGS.test(tag))).toEqual([]);
    expect(readable(html).split(text).length - 1).toBeGreaterThanOrEqual(15);
    expect(html).toContain(`<title>${escapeHtml(text)}</title>`);
  });

  it('says itself that it runs nothing and asks for nothing', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(toHtml(comparison()))?.[1];
    expect(policy?.split('; ')).toEqual(["default-src 'none'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'"]);
  });

  it('is one file: it names no other, in its styles neither', () => {
    const html = toHtml(comparison());
    expect(html).not.toMatch(/<(?:script|link|img|iframe|object|embed|video|audio|source|form|base)\b/i);
    expect(html).not.toMatch(/@import|url\(|\bsrc(?:set)?=|https?:/i);
    expect(html.match(/<html/g)).toHaveLength(1);
  });

  it('says who was asked what with which values, and what came of it', () => {
    const html = toHtml(comparison());
    for (const part of [
      '<h1>Bicycles</h1>',
      '<p class="said">After the second epoch.</p>',
      '<dt>Baseline</dt><dd>old <small>model old.gguf, parts [1,{&quot;two&quot;:null}]</small> <small>temperature 0</small></dd>',
      '<dt>Derivative</dt><dd>new <small>model new.gguf, parts [1,{&quot;two&quot;:null}]</small> <small>temperature 0.7, stop [&quot;\\n&quot;]</small></dd>',
      '<dt>Made</dt><dd>2026-11-28T12:00:00.000Z, configuration 4eecbe640c7e</dd>',
      '<dt>System prompt</dt><dd><span class="said">Answer in one sentence.</span></dd>',
      '<h2>Prompt 2</h2>\n<p class="said prompt" dir="auto">And a trike?</p>',
      '<details><summary>Thoughts</summary><p class="said" dir="auto">Two riders.</p></details>',
      '<p class="said" dir="auto">A bicycle <ins>for two</ins>.</p>',
      '<small>ended: stop · 5 + 7 tokens · first token after 41 ms · 1.3 s in all · 53.8 tokens/s · seed 7 · could not be set: top_k, seed</small>',
    ]) {
      expect(html).toContain(part);
    }
  });

  it('leaves out what there is not', () => {
    const html = toHtml(comparison({ note: '', system: null, config_version: null, parameters: { baseline: {}, derivative: {} }, ...oneTurn('x', 'y') }));
    expect(html).not.toMatch(/System prompt|configuration|Thoughts|<small>[^<]/);
    expect(html).toContain('<h1>Bicycles</h1>\n<dl>');
  });

  it('marks what each answer has that the other has not, and says how near they are', () => {
    const html = toHtml(comparison(oneTurn('x', 'The cat sat on the mat.', 'The dog sat on a mat.')));
    expect(html).toContain('>The <del>cat</del> sat on <del>the</del> mat.</p>');
    expect(html).toContain('>The <ins>dog</ins> sat on <ins>a</ins> mat.</p>');
    expect(html).toContain('<p>2 words removed · 2 words added · length −9 % · similarity 0.74 · ROUGE-L 0.67 · chrF2 32.4</p>');
    expect(html).toMatch(/del\{[^}]*line-through[^}]*\}\nins\{[^}]*underline/);
  });

  it.each([
    ['', 'x', ''],
    ['same', 'same', '<p>The two texts are the same.</p>'],
    ['a  b', 'a b', '<p>Only white space differs.</p>'],
    ['a '.repeat(40_000), 'b '.repeat(40_000), '<p>length +0 %</p>\n<p>Too long to be compared word by word here.</p>'],
  ])('marks nothing where nothing is to be marked: %#', (one, other, said) => {
    const html = toHtml(comparison(oneTurn('x', one, other)));
    expect(html).not.toMatch(/<(?:ins|del)>/);
    expect(html).toContain(`</div>\n${said}`);
    expect(html).toContain(`<p class="said" dir="auto">${other}</p>`);
  });

  it('leaves an address one link where it is marked in part', () => {
    const html = toHtml(comparison(oneTurn('x', 'See https://a.example/one <now>.', 'See https://a.example/two <now>.')));
    expect(html).toContain('See <a href="https://a.example/one" rel="noopener noreferrer">https://a.example/<del>one</del></a> &lt;now&gt;.</p>');
    expect(html).toContain('<a href="https://a.example/two" rel="noopener noreferrer">https://a.example/<ins>two</ins></a>');
  });

  it('says what was voted on each turn, and on the pair', () => {
    const pair = summaryOf(votes({ baseline: 10, derivative: 30, tie: 20 }));
    const html = toHtml(comparison(), { votes: [votes({ derivative: 1, tie: 2 }), votes()], pair });
    expect(html).toContain(
      '<dt>Votes on this pair</dt><dd>10 for the baseline, 30 for the derivative, 20 for a tie; the derivative won 75.0 % of 40 [51.2 % to 91.4 %]; decided for the derivative (evidence 31.6, 20 decides)</dd>',
    );
    expect(html.match(/Votes: [^<]*/g)).toEqual(['Votes: 1 for the derivative, 2 for a tie']);
    expect(toHtml(comparison())).not.toContain('Votes');
  });

  it('keeps lines and spaces of what was said', () => {
    const text = '  one\n\n\ttwo  ';
    expect(toHtml(comparison(oneTurn(text, text)))).toContain(`<p class="said" dir="auto">${text}</p>`);
    expect(toHtml(comparison())).toContain('.said{white-space:pre-wrap}');
  });

  it('leaves links in answers and thoughts links', () => {
    const link = '<a href="https://a.example/" rel="noopener noreferrer">https://a.example/</a>';
    const turns = [
      { prompt: 'x', baseline: fullAnswer('old', 'see https://a.example/', { thoughts: 'https://a.example/' }), derivative: bareAnswer('new', '') },
    ];
    expect(toHtml(comparison({ turns })).split(link)).toHaveLength(3);
  });
});

describe('a text with addresses', () => {
  it.each([
    ['', ''],
    ['nothing', 'nothing'],
    ['http://', 'http://'],
    ['https://...', 'https://...'],
    ['http://a:99999/', 'http://a:99999/'],
    ['ftp://a.example data:text/html,x', 'ftp://a.example data:text/html,x'],
    ['<https://a.example>', '&lt;<a href="https://a.example" rel="noopener noreferrer">https://a.example</a>&gt;'],
    ['HTTPS://A.example!?', '<a href="HTTPS://A.example" rel="noopener noreferrer">HTTPS://A.example</a>!?'],
  ])('%j is %j', (text, html) => {
    expect(textWithLinks(text)).toBe(html);
  });

  it.each(['a https://x.example/?q=<b>&"c" d', "http://x.example/'onclick=alert(1)", 'https://x.example/🚲, https://y.example.'])(
    'can be read as it was: %s',
    (text) => {
      expect(unescaped(textWithLinks(text).replace(/<[^>]*>/g, ''))).toBe(text);
    },
  );

  it('is read in a time that grows with its length alone', () => {
    const text = 'https://a.example/'.repeat(20_000) + '.'.repeat(200_000);
    expect(unescaped(textWithLinks(text).replace(/<[^>]*>/g, ''))).toBe(text);
  });
});
