import { Lexer } from 'marked';
import { BoundedTokenizer } from './bounded-tokenizer';
import { marked } from './markdown-parser';
import { References } from './references';
import { TooMuchWork, WorkBudget } from './work-budget';

/** Longest run of spaces, in UTF-16 characters: some of the parser's expressions try each of them anew. */
const LONGEST_GAP = 500;

const GAPS = new Set([' ', '\t', '\u00a0'].map((character) => character.charCodeAt(0)));

/** What a block may take. */
export interface MarkdownLimits {
  /** That the parser reads. */
  readonly characters: number;
  /** That are made: each of them is checked, and laid out. */
  readonly elements: number;
}

/** What a block needs to know of the text around it. */
export interface BlockContext {
  /** What the whole text defines. Default: nothing. */
  readonly references?: References;
  /** What the first item counts. Default: as it is written. */
  readonly firstNumber?: number | undefined;
}

/**
 * One block of markdown as HTML. HTML in the text is shown as the text it is; an image becomes a link to it, so that
 * nothing is fetched; a link that does not lead to a web page or a mailbox is text as it is written. Throws TooMuchWork
 * beyond the limits.
 */
export function markdownHtml(source: string, { characters, elements }: MarkdownLimits, context: BlockContext = {}): string {
  if (hasLongGap(source)) throw new TooMuchWork();
  const { references = new References(), firstNumber } = context;
  const lexer = new Lexer({ ...marked.defaults, tokenizer: new BoundedTokenizer(new WorkBudget(characters), references) });
  Object.assign(lexer.tokens.links, references.links);
  const tokens = lexer.lex(source);
  const [first] = tokens;
  if (first?.type === 'list' && firstNumber !== undefined) first.start = firstNumber;
  const html = marked.parser(tokens);
  if (html.split('</').length > elements) throw new TooMuchWork();
  return html;
}

function hasLongGap(source: string): boolean {
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    length = GAPS.has(source.charCodeAt(at)) ? length + 1 : 0;
    if (length > LONGEST_GAP) return true;
  }
  return false;
}
