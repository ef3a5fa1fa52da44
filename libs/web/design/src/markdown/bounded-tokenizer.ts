import { Tokenizer, type TokenizerThis, type Tokens } from 'marked';
import { withoutFormulas } from './formula';
import { beginsHtml, DELIMITER_ROW, FENCE, itemMarker, QUOTE } from './line-shapes';
import { definitionAt, References } from './references';
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

const STRIKE = /^~~(?!~)/;
const IN_WORD = /[\p{L}\p{N}]$/u;
/** A product, or a power. */
const BEFORE_STARS = /[a-z\d]\*{0,3}$/i;
const STARS = /^\*{1,3}[a-z\d]/i;
const BRACKET_OF_FORMULA = /^\\[()[\]]/;
const CELL_END = /(?<!\\)\|/g;

/**
 * Marked's tokenizer, paying for what it reads: what it takes is read once, but looking in vain for the end of an
 * emphasis, or for the end of a list, reads all that is left, each time anew. For one text.
 */
export class BoundedTokenizer extends Tokenizer {
  private depth = 0;

  constructor(
    private readonly budget: WorkBudget,
    /** What the whole text defines. */
    readonly references: References = new References(),
  ) {
    super();
  }

  /** That of an extension's text. */
  static of({ lexer }: TokenizerThis): BoundedTokenizer {
    const { tokenizer } = lexer.options;
    if (!(tokenizer instanceof BoundedTokenizer)) throw new TypeError('The extensions need a bounded tokenizer.');
    return tokenizer;
  }

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.container(QUOTE.test(source), source, () => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.container(itemMarker(lineOf(source)) !== undefined, source, () => super.list(source));
  }

  override table(source: string): Tokens.Table | undefined {
    const [head = '', delimiters = ''] = source.split('\n', 2);
    if (!DELIMITER_ROW.test(delimiters)) return undefined;
    const lines = count(source, '\n');
    if (count(head, '|') * lines > MOST_CELLS) throw new TooMuchWork();
    const table = super.table(source);
    return table && this.withAllCells(table, head, delimiters, lines);
  }

  /** The first that is asked at every step along a line. */
  override escape(source: string): Tokens.Escape | undefined {
    this.budget.spend(source.length * STEP_SHARE);
    // half a formula: the other half may still come
    const [bracket] = BRACKET_OF_FORMULA.exec(source) ?? [];
    return bracket === undefined ? super.escape(source) : { type: 'escape', raw: bracket, text: bracket };
  }

  override def(source: string): Tokens.Def | undefined {
    const definition = definitionAt(source);
    return definition && { type: 'def', raw: definition.raw, tag: definition.label, href: definition.href, title: definition.title ?? '' };
  }

  /** HTML is shown as it is written, up to the next blank line or code. */
  override html(source: string): Tokens.HTML | undefined {
    if (!beginsHtml(lineOf(source))) return undefined;
    let end = 0;
    for (let line = lineOf(source); end < source.length && line.trim() !== '' && !FENCE.test(line); line = lineOf(source, end)) {
      end = Math.min(source.length, end + line.length + 1);
    }
    const raw = source.slice(0, end);
    return { type: 'html', block: true, pre: false, raw, text: raw };
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
    if (!isDelimiter || (STARS.test(source) && BEFORE_STARS.test(lettersBefore(source, masked)))) return undefined;
    return this.span(source, (it) => super.emStrong(it, blotted(it, masked), before), EMPHASIS);
  }

  override codespan(source: string): Tokens.Codespan | undefined {
    return source.startsWith('`') ? this.span(source, (it) => super.codespan(it)) : undefined;
  }

  override del(source: string, masked: string, before?: string): Tokens.Del | undefined {
    // one tilde is for "about", and for ranges
    return STRIKE.test(source) ? this.span(source, (it) => super.del(it, blotted(it, masked), before), EMPHASIS) : undefined;
  }

  override autolink(source: string): Tokens.Link | undefined {
    return super.autolink(near(source));
  }

  override url(source: string): Tokens.Link | undefined {
    const word = near(source);
    return word.length === LONGEST_SPAN && !/[\s<]/.test(word) ? undefined : super.url(word);
  }

  /** A block of its own kind that may lie in others and hold others. */
  nested<T>(source: string, take: () => T): T {
    return this.container(true, source, take);
  }

  /** Pays for looking through a text once. */
  look(source: string): void {
    this.budget.spend(source.length * STEP_SHARE);
  }

  /** Markdown leaves out what a row has more than the head: here the head becomes wider. */
  private withAllCells(table: Tokens.Table, head: string, delimiters: string, lines: number): Tokens.Table {
    const rows = table.raw.split('\n').slice(2);
    const missing = Math.max(0, ...rows.map((row) => cellsOf(row) - table.header.length));
    if (missing === 0) return table;
    if ((table.header.length + missing) * lines > MOST_CELLS) throw new TooMuchWork();
    const wider = super.table([`${closed(head)}${' |'.repeat(missing)}`, `${closed(delimiters)}${'-|'.repeat(missing)}`, ...rows].join('\n'));
    return wider ? { ...wider, raw: table.raw } : table;
  }

  /** A list or a quote is read to its end at each of its lines. */
  private container<T>(isBeginning: boolean, source: string, take: () => T): T {
    if (isBeginning) this.budget.spend((source.length * count(source, '\n')) / 2);
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

function lineOf(text: string, start = 0): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}

/** A row or a head that ends with a line. */
function closed(row: string): string {
  const line = row.trimEnd();
  return line.endsWith('|') && !line.endsWith('\\|') ? line : `${line} |`;
}

function cellsOf(row: string): number {
  const line = row.trim();
  return line === '' ? 0 : Array.from(closed(line).matchAll(CELL_END)).length - (line.startsWith('|') ? 1 : 0);
}

/** What stands before a part of a line: enough to see a letter before its stars. */
function lettersBefore(source: string, masked: string): string {
  const end = masked.length - source.length;
  return masked.slice(Math.max(0, end - 4), end);
}

function blotted(source: string, masked: string): string {
  const start = masked.length - source.length;
  return masked.slice(0, start) + withoutFormulas(source, masked.slice(start));
}
