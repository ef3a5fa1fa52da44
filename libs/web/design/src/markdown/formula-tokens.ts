import { type TokenizerExtension, type RendererExtension, type Tokens } from 'marked';
import { BoundedTokenizer } from './bounded-tokenizer';
import { escapeHtml } from './escape-html';
import { formulaAt, formulaBlockAt } from './formula';

const BLOCK_START = /\n {0,3}(?:\$\$|\\\[)/;

/** LaTeX as tokens: its backslashes escape nothing, and its stars stress nothing. It is typeset when it is in its place. */
export const FORMULA_EXTENSIONS: readonly (TokenizerExtension & RendererExtension)[] = [
  {
    name: 'formulaBlock',
    level: 'block',
    start(source) {
      BoundedTokenizer.of(this).look(source);
      const at = source.search(BLOCK_START);
      return at < 0 ? undefined : at + 1;
    },
    tokenizer(source) {
      const formula = formulaBlockAt(source);
      return formula && { type: 'formulaBlock', raw: formula.raw, text: formula.raw.trim() };
    },
    renderer: ({ text }: Tokens.Generic) => `<div class="formula-block">${escapeHtml(text)}</div>`,
  },
  {
    name: 'formula',
    level: 'inline',
    start(source) {
      BoundedTokenizer.of(this).look(source);
      const at = source.indexOf('$');
      return at < 0 ? undefined : at;
    },
    tokenizer(source, tokens) {
      const formula = formulaAt(source, tokens.at(-1)?.raw.slice(-1) ?? '');
      if (!formula) return undefined;
      return { type: 'formula', raw: formula.raw, text: formula.raw };
    },
    renderer: ({ text }: Tokens.Generic) => `<span class="formula">${escapeHtml(text)}</span>`,
  },
];
