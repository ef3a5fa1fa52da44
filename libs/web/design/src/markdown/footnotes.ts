import { type RendererExtension, type TokenizerExtension, type Tokens } from 'marked';
import { BoundedTokenizer } from './bounded-tokenizer';
import { escapeHtml } from './escape-html';
import { FENCE, HEADING } from './line-shapes';
import { footnoteAt } from './references';

const REFERENCE = /^\[\^([^\]\s]{1,60})\]/;
const ENDS = [FENCE, HEADING];
const GOES_ON = /^(?: {2,}|\t)/;

/** Footnotes, in their places: their marks are raised where there is a note of that name. */
export const FOOTNOTE_EXTENSIONS: readonly (TokenizerExtension & RendererExtension)[] = [
  {
    name: 'footnote',
    level: 'block',
    tokenizer(source) {
      const mark = footnoteAt(source);
      if (!mark) return undefined;
      const raw = source.slice(0, endOf(source));
      const text = raw
        .slice(mark.raw.length)
        .trimStart()
        .replaceAll(/^(?: {2,4}|\t)/gm, '');
      const tokens = BoundedTokenizer.of(this).nested(text, () => this.lexer.blockTokens(text, []));
      return { type: 'footnote', raw, text: mark.label, tokens };
    },
    renderer({ text, tokens }) {
      return `<div class="footnote"><sup>${escapeHtml(text)}</sup> ${this.parser.parse(tokens ?? [])}</div>`;
    },
  },
  {
    name: 'footnoteMark',
    level: 'inline',
    tokenizer(source) {
      const [raw, label = ''] = REFERENCE.exec(source) ?? [];
      return raw !== undefined && BoundedTokenizer.of(this).references.hasFootnote(label) ? { type: 'footnoteMark', raw, text: label } : undefined;
    },
    renderer: ({ text }: Tokens.Generic) => `<sup>${escapeHtml(text)}</sup>`,
  },
];

/** A footnote ends before the next one, and at a line after a blank one that is not indented. */
function endOf(source: string): number {
  let isAfterBlank = false;
  for (let at = source.indexOf('\n') + 1; at > 0 && at < source.length;) {
    const next = source.indexOf('\n', at) + 1 || source.length;
    const line = source.slice(at, next);
    const isBlank = line.trim() === '';
    if (!isBlank && !GOES_ON.test(line) && (isAfterBlank || ENDS.some((shape) => shape.test(line)) || footnoteAt(line))) return at;
    isAfterBlank = isBlank;
    at = next;
  }
  return source.length;
}
