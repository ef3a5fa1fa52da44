import { type MarkedToken, marked } from 'marked';
import { escapeHtml } from '@tandem/api/http';
import type { Comparison } from '@tandem/shared/contracts';
import { summaryOf } from '../votes/summary-of';
import { bareAnswer, comparison, exported, fullAnswer, oneTurn, votes } from '../testing/kept-content';
import type { Exported } from './exported';
import { toMarkdown as pieces } from './to-markdown';

const toMarkdown = (of: Comparison, more: Partial<Exported> = {}): string => [...pieces(exported(of, more))].join('');

const blocksOf = (markdown: string): MarkedToken[] => marked.lexer(markdown).filter(({ type }) => type !== 'space') as MarkedToken[];
/** The page's own structure: each block's kind, with the depth of headings. */
const outline = (markdown: string): string[] => blocksOf(markdown).map((block) => (block.type === 'heading' ? `h${block.depth}` : block.type));

const HOSTILE = [
  '# heading',
  '- item',
  '```\ncode',
  '> quote',
  '---',
  '| a | b |\n|---|---|',
  '<div>\n\n',
  '<!-- ',
  '1. one',
  '[a]: http://x',
  '***',
  'Setext\n===',
  '    code',
];

describe('a comparison as Markdown', () => {
  it('says who was asked what, and what came of it', () => {
    const text = toMarkdown(comparison());
    for (const part of [
      '# Bicycles\n\n> After the second epoch.\n\n- Baseline: old (model old.gguf, parts \\[1,{"two":null}\\]; temperature 0)\n',
      '- Derivative: new (model new.gguf, parts \\[1,{"two":null}\\]; temperature 0.7, stop \\["\\\\n"\\])\n',
      '- Made: 2026-11-28T12:00:00.000Z, configuration 4eecbe640c7e\n',
      'System prompt:\n\n> Answer in one sentence.\n',
      '## 1. Prompt\n\n> What is a tandem?\n\n### Baseline: old\n\nThoughts:\n\n> Two riders.\n\n> A bicycle.\n',
      '*ended: stop · 5 + 7 tokens · first token after 41 ms · 1.3 s in all · 53.8 tokens/s · seed 7 · could not be set: top\\_k, seed*',
      '## 2. Prompt\n\n> And a trike?\n',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/> 🚲 良い\n$/);
  });

  it('says where the answers differ, by shape, in a fence that no answer closes', () => {
    const text = toMarkdown(comparison(oneTurn('x', 'The cat sat.', 'The ````dog```` sat.')));
    expect(text).toContain('### Differences\n\n1 word removed · ');
    expect(text).toContain('\n`````text\nThe [-cat -]{+````dog````+} sat.\n`````\n');
    expect(toMarkdown(comparison(oneTurn('x', 'same', 'same')))).toContain('### Differences\n\nThe two texts are the same.\n');
  });

  it('says what was voted', () => {
    const text = toMarkdown(comparison(), { votes: [votes({ both_bad: 1 }), votes()], pair: summaryOf(votes({ both_bad: 1 })) });
    expect(text).toContain('- Votes on this pair: 1 that both are bad\n');
    expect(text).toContain('\n\nVotes: 1 that both are bad\n');
  });

  it('leaves out what there is not', () => {
    const text = toMarkdown(comparison({ note: '', system: null, config_version: null, parameters: { baseline: {}, derivative: {} }, ...oneTurn('x', '') }));
    expect(text).not.toMatch(/System prompt|configuration|Thoughts|\(|\n{3}/);
    expect(outline(text)).toEqual(['h1', 'list', 'h2', 'blockquote', 'h3', 'blockquote', 'h3', 'blockquote']);
  });

  it.each(HOSTILE)('keeps %j out of its own structure, wherever it stands', (text) => {
    const plain = (said: string) =>
      comparison({
        title: said,
        note: said,
        baseline: said,
        derivative: said,
        system: said,
        config_version: said,
        parameters: { baseline: { stop: said }, derivative: {} },
        turns: [{ prompt: said, baseline: fullAnswer(said, said, { thoughts: said, ignored_parameters: [said] }), derivative: bareAnswer(said, said) }],
      });
    expect(outline(toMarkdown(plain(text)))).toEqual(outline(toMarkdown(plain('x'))));
  });

  it.each(['a*b*', 'a_b_', '[a](b)', '<b>x</b>', '`x`', '~~x~~', '&lt;', 'a\\', '# x', '![a](b)', 'a|b', '"x" & y'])(
    'reads %j in a title as it stands',
    (title) => {
      const [heading] = blocksOf(toMarkdown(comparison({ title })));
      expect(marked.parseInline((heading as { text: string }).text)).toBe(escapeHtml(title));
    },
  );

  it('puts what has lines on one line where there is room for one', () => {
    expect(toMarkdown(comparison({ title: ' a\n# b\r\n\tc ' }))).toMatch(/^# {2}a \\# b c/);
  });

  it.each([
    ['one\ntwo', '> one\n> two'],
    ['one\r\n\r\ntwo', '> one\n>\n> two'],
    ['one\rtwo', '> one\n> two'],
    ['', '>'],
  ])('quotes every line of %j', (text, quoted) => {
    expect(toMarkdown(comparison(oneTurn('x', 'y', text)))).toMatch(new RegExp(`### Derivative: new\n\n${quoted}\n(?:$|\n### Differences)`));
  });
});
