import type { RunCard, RunFindings, RunItem } from '@tandem/shared/contracts';
import type { ItemFigures } from '../runs/item-figures';
import { summaryOf as foundIn } from '../runs/summary';
import { answerOf } from '../testing/answer-of';
import { NO_VOTES } from '../testing/people-votes';
import { htmlEnd, htmlFlips, htmlHead, htmlItem } from './run-html';

const summaryOf = (...of: Parameters<typeof foundIn>): RunFindings => ({
  ...foundIn(...of),
  people_votes: of[0].slice(1).map((model) => ({ model, ...NO_VOTES })),
});

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;</pre></body>`;
const SAFE = '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;amp;&lt;/pre&gt;&lt;/body&gt;';
const FAULT = { code: 'upstream_rejected', message: HOSTILE, retryable: false } as const;

const cardOf = (changes: Partial<RunCard> = {}): RunCard => ({
  id: 'r',
  state: 'done',
  baseline: 'a',
  derivative: 'b',
  prompt_set: { id: 's', name: 'mine', count: 2 },
  parameters: { temperature: 0, seed: 7 },
  repeats: 3,
  score: false,
  counts: { total: 6, queued: 1, done: 4, failed: 1 },
  created_at: '2026-01-02T03:04:05.000Z',
  ended_at: null,
  error: null,
  ...changes,
});
const itemOf = (changes: Partial<RunItem> = {}): RunItem => ({
  ...{ id: 'p:1', prompt: 'Hello?', repeat: 1, state: 'done', divergence: null, length_ratio: null, latency: null, verdicts: [] },
  answers: { baseline: answerOf('a', 'yes'), derivative: answerOf('b', 'no') },
  ...changes,
});
const figures = (baseline: boolean, derivative: boolean): ItemFigures => ({
  sides: [baseline, derivative].map((passed) => ({ passed, total_ms: 12.345, ttft_ms: null, tokens_per_second: 40, characters: 4 })),
  pairs: [{ isSame: false, lengthRatio: 1, divergence: 0.123456, winner: null }],
});

describe('a run as a page', () => {
  it('says what it is of, how far it is, and with what it was asked', () => {
    const head = htmlHead(cardOf(), summaryOf(['a', 'b'], new Map()));
    expect(head).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(head).toContain('<title>Run over mine</title>');
    expect(head).toContain('done: 4 of 6 items answered, 1 failed. Begun 2026-01-02T03:04:05.000Z. Each prompt 3 times, with temperature 0, seed 7.');
    expect(htmlHead(cardOf({ repeats: 1 }), summaryOf(['a', 'b'], new Map()))).toContain('Each prompt once, with temperature 0, seed 7.');
    expect(htmlHead(cardOf({ ended_at: '2026-01-02T04:00:00.000Z' }), summaryOf(['a', 'b'], new Map()))).toContain(', ended 2026-01-02T04:00:00.000Z.');
  });

  it('has a row for each model and for each pair, with dashes where nothing is known', () => {
    const head = htmlHead(cardOf(), summaryOf(['a', 'b', 'c'], new Map()));
    const rows = [...head.matchAll(/<th scope="row">(\w)<\/th>((?:<td>[^<]*<\/td>)*)/g)];
    expect(rows.map(([, model]) => model)).toEqual(['a', 'b', 'c', 'b', 'c']);
    expect(rows[0]?.[2]).toBe('<td>–</td>'.repeat(5));
    expect(rows[3]?.[2]).toBe('<td>0 of 0</td><td>0 : 0</td><td>1</td><td>1</td>' + '<td>–</td>'.repeat(5));
  });

  it('has values of three digits with their intervals, and none where there is one prompt', () => {
    const found = (...items: ItemFigures[]) => htmlHead(cardOf(), summaryOf(['a', 'b'], new Map(items.map((item, place) => [place, [item]]))));
    const one = found(figures(true, false));
    expect(one).toContain('<td>1</td><td>12.3</td><td>–</td><td>40</td><td>4</td>');
    expect(one).toContain('<td>1 of 1 (100 %)</td><td>1 : 0</td><td>1</td><td>1</td><td>0</td><td>1</td><td>0.123</td>');
    const many = found(...Array<ItemFigures>(8).fill(figures(true, false)), ...Array<ItemFigures>(2).fill(figures(false, true)));
    expect(many).toContain('<td>10 of 10 (100 %)</td><td>8 : 2</td><td>0.109</td><td>0.109</td>');
    expect(many).toMatch(/<td>0\.8 \[0\.\d+, 0\.\d+\]<\/td><td>12\.3 \[12\.3, 12\.3\]<\/td>/);
  });

  it('has every answer under its model, with what its checks found or why there is none', () => {
    const check = (passed: boolean | null) => ({ check: { passed, checks: [] } });
    const answers = [
      answerOf('a', 'yes', check(true)),
      answerOf('b', 'no', check(false)),
      answerOf('c', 'hm', check(null)),
      answerOf('d', '', { error: { ...FAULT, message: 'It is gone.' } }),
    ];
    expect(htmlItem(itemOf({ answers }))).toBe(
      '<article id="p%3A1"><h2>p:1</h2><pre>Hello?</pre><div class="sides">' +
        '<section><h3>a ✓ passed</h3><pre>yes</pre></section>' +
        '<section><h3>b ✗ failed its checks</h3><pre>no</pre></section>' +
        '<section><h3>c</h3><pre>hm</pre></section>' +
        '<section><h3>d</h3><pre></pre><p>It is gone.</p></section></div></article>\n',
    );
    expect(htmlItem(itemOf({ answers: {}, state: 'queued' }))).toContain('<div class="sides"></div>');
  });

  it('names the items that changed sides, each with the way to its answers', () => {
    const check = (passed: boolean) => ({ check: { passed, checks: [] } });
    const item = itemOf({ id: `a "b"'\n:1`, answers: [answerOf('a', 'yes', check(true)), answerOf('b', 'no', check(false))] });
    const html = htmlFlips([item], true);
    expect(html).toContain('<p>The first 1.</p>');
    expect(html).toContain(`<a href="#a%20%22b%22%27%0A%3A1">a &quot;b&quot;&#39;\n:1</a></th><td>✓ passed</td><td>✗ failed</td>`);
    expect(htmlItem(item)).toContain('<article id="a%20%22b%22%27%0A%3A1">');
    expect([htmlFlips([], false), htmlFlips([item], false).includes('The first')]).toEqual(['', false]);
  });

  it('has what the judge and people say of a pair', () => {
    const summary = summaryOf(['a', 'b'], new Map());
    const votes = {
      counts: { baseline: 10, derivative: 30, tie: 20 },
      decisive: 40,
      win_rate: 0.75,
      interval: { low: 0.5117, high: 0.9144 },
      evidence: 31.637,
      decided: 'derivative',
    } as const;
    const pairs = summary.pairs.map((pair) => ({ ...pair, votes }));
    const people_votes = [{ ...NO_VOTES, model: 'b', counts: { ...NO_VOTES.counts, tie: 2 } }];
    expect(htmlHead(cardOf(), { ...summary, pairs, people_votes })).toContain(
      '<td>0.75 [0.512, 0.914] of 40, decided for it (evidence 31.6)</td><td>ties only</td></tr>',
    );
  });

  it('shows as text whatever anybody wrote', () => {
    const set = { id: 's', name: HOSTILE, count: 1 };
    const head = htmlHead(cardOf({ prompt_set: set, parameters: { stop: [HOSTILE] } }), summaryOf([HOSTILE, HOSTILE], new Map()));
    const { prompt: _, ...conversation } = itemOf({ messages: [{ role: 'user', content: HOSTILE }] });
    const items = [itemOf({ id: HOSTILE, prompt: HOSTILE, answers: [answerOf(HOSTILE, HOSTILE, { error: FAULT })] }), conversation as RunItem].map(htmlItem);
    const page = head + items.join('') + htmlEnd();
    expect(page).not.toMatch(/<script|<img|<link|<iframe| on\w+="| src="| href="/i);
    expect(page.split(SAFE)).toHaveLength(12);
    expect(page.match(/<\/body>/g)).toHaveLength(1);
  });

  it('may load nothing and run nothing', () => {
    const head = htmlHead(cardOf(), summaryOf(['a', 'b'], new Map()));
    expect(head).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    );
    expect(head.indexOf('Content-Security-Policy')).toBeLessThan(head.indexOf('<title>'));
    expect(head).not.toMatch(/url\(|@import|https?:/);
  });
});
