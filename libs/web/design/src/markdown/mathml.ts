import katex from 'katex';
import { formulaAt } from './formula';
import { alignColumns, spellAlphabets } from './mathml-core';
import { sanitiseMathml } from './sanitise';

/** Most that macros of a formula may expand to, and elements it may make: a few letters can ask for millions. */
const MOST_EXPANSIONS = 200;
const MOST_ELEMENTS = 1_000;

/** Largest size that a formula may ask for, in em. */
const LARGEST_EM = 20;

/** Marks what KaTeX leaves out because it would lead away from the page. */
const REFUSED = '#010203';

export type Mathml = typeof mathmlOf;

/** A formula in its delimiters as MathML; nothing for one that is wrong, too large, or would lose some of its words. */
export function mathmlOf(source: string): DocumentFragment | undefined {
  const formula = formulaAt(source, '');
  // what follows a per cent sign would be a comment
  if (!formula || /(?<!\\)%/.test(formula.tex)) return undefined;
  const html = typeset(formula.tex, formula.isDisplay);
  if (html === undefined) return undefined;
  const math = html.slice(html.indexOf('<math'), html.lastIndexOf('</math>') + '</math>'.length);
  if (math.includes(REFUSED) || math.split('</').length > MOST_ELEMENTS) return undefined;
  const fragment = sanitiseMathml(math);
  if (!fragment.querySelector('semantics')?.firstElementChild?.textContent?.trim()) return undefined;
  alignColumns(fragment);
  spellAlphabets(fragment);
  return fragment;
}

function typeset(tex: string, displayMode: boolean): string | undefined {
  try {
    return katex.renderToString(tex, {
      displayMode,
      output: 'mathml',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      errorColor: REFUSED,
      maxExpand: MOST_EXPANSIONS,
      maxSize: LARGEST_EM,
    });
  } catch {
    return undefined;
  }
}
