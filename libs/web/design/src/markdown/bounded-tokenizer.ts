import { Tokenizer, type Tokens } from 'marked';
import { TooMuchWork, type WorkBudget } from './work-budget';

/** How deep lists, quotes, emphasis and links may lie in each other. */
const DEEPEST = 32;

/** Longest link, tag or address, in UTF-16 characters: what begins one and goes on for longer is text. */
const LONGEST_SPAN = 2_000;

/** Most cells of a table: rows that are shorter than its head are filled up, and a few characters could make millions. */
const MOST_CELLS = 3_000;

/** What one step along a line reads besides what it takes, as a share of what is left of it. */
const STEP_SHARE = 1 / 16;

/** What looking for the end of an emphasis costs: a closing one is looked at from several sides. */
const EMPHASIS = 2;

const FORMULAS = [
  ['\\(', '\\)'],
  ['\\[', '\\]'],
  ['$$', '$$'],
] as const;

const STRIKE = /^~~(?!~)/;
const QUOTE = /^ {0,3}>/;
const ITEM = /^ {0,3}(?:[-+*]|\d{1,9}[.)])/;
const IN_WORD = /[\p{L}\p{N}]$/u;
const DELIMITER_ROW = /^[ \t|:-]+$/;

/**
 * Marked's tokenizer, paying for what it reads: what it takes is read once, but looking in vain for the end of an
 * emphasis, or for the end of a list, reads all that is left, each time anew. For one text.
 */
export class BoundedTokenizer extends Tokenizer {
  private depth = 0;

  constructor(private readonly budget: WorkBudget) {
    super();
  }

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.container(QUOTE, source, () => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.container(ITEM, source, () => super.list(source));
  }

  override table(source: string): Tokens.Table | undefined {
    const [head = '', delimiters = ''] = source.split('\n', 2);
    if (DELIMITER_ROW.test(delimiters) && count(head, '|') * count(source, '\n') > MOST_CELLS) throw new TooMuchWork();
    return super.table(source);
  }

  /** The first that is asked at every step along a line. */
  override escape(source: string): Tokens.Escape | undefined {
    this.budget.spend(source.length * STEP_SHARE);
    return this.formula(source) ?? super.escape(source);
  }

  /** What a definition leads to may be used in another block: it is shown, so that nothing of it is lost. */
  override def(): Tokens.Def | undefined {
    return undefined;
  }

  override tag(source: string): Tokens.Tag | undefined {
    return source.startsWith('<') ? this.span(near(source), (it) => super.tag(it)) : undefined;
  }

  override link(source: string): Tokens.Link | Tokens.Image | undefined {
    return isBracket(source) ? this.span(near(source), (it) => super.link(it)) : undefined;
  }

  override reflink(source: string, links: Parameters<Tokenizer['reflink']>[1]): Tokens.Link | Tokens.Image | Tokens.Text | undefined {
    return isBracket(source) ? this.span(near(source), (it) => super.reflink(it, links)) : undefined;
  }

  override emStrong(source: string, masked: string, before?: string): Tokens.Em | Tokens.Strong | undefined {
    if (source.startsWith('_') && IN_WORD.test(before ?? '')) return super.emStrong(source, masked, before);
    const isDelimiter = source.startsWith('*') || source.startsWith('_');
    return isDelimiter ? this.span(source, (it) => super.emStrong(it, masked, before), EMPHASIS) : undefined;
  }

  override codespan(source: string): Tokens.Codespan | undefined {
    return source.startsWith('`') ? this.span(source, (it) => super.codespan(it)) : undefined;
  }

  override del(source: string, masked: string, before?: string): Tokens.Del | undefined {
    // one tilde is for "about", and for ranges
    return STRIKE.test(source) ? this.span(source, (it) => super.del(it, masked, before), EMPHASIS) : undefined;
  }

  override autolink(source: string): Tokens.Link | undefined {
    return super.autolink(near(source));
  }

  override url(source: string): Tokens.Link | undefined {
    const word = near(source);
    return word.length === LONGEST_SPAN && !/[\s<]/.test(word) ? undefined : super.url(word);
  }

  /** LaTeX as it is written: its backslashes escape nothing, and its stars stress nothing. */
  private formula(source: string): Tokens.Escape | undefined {
    const [opening, closing] = FORMULAS.find(([beginning]) => source.startsWith(beginning)) ?? [];
    if (opening === undefined || closing === undefined) return undefined;
    const text = near(source);
    this.budget.spend(text.length);
    const end = text.indexOf(closing, opening.length);
    if (end < 0) return undefined;
    const raw = text.slice(0, end + closing.length);
    return { type: 'escape', raw, text: raw };
  }

  /** A list or a quote is read to its end at each of its lines. */
  private container<T>(beginning: RegExp, source: string, take: () => T): T {
    if (beginning.test(source)) this.budget.spend((source.length * count(source, '\n')) / 2);
    return this.deeper(take);
  }

  private span<T extends { readonly raw: string }>(source: string, take: (source: string) => T | undefined, weight = 1): T | undefined {
    const token = this.deeper(() => take(source));
    this.budget.spend((token ? token.raw.length : source.length) * weight);
    return token;
  }

  private deeper<T>(take: () => T): T {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new TooMuchWork();
    const token = take();
    this.depth -= 1;
    return token;
  }
}

function isBracket(source: string): boolean {
  return source.startsWith('[') || source.startsWith('![');
}

function near(source: string): string {
  return source.slice(0, LONGEST_SPAN);
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
