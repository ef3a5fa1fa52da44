/** How lines of markdown look that begin something: for the splitter, and for the tokenizer, which must agree. */

export const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
export const NESTED_FENCE = /^(?:\s*(?:[-*+]|\d{1,9}[.)])\s+|\s{2,})(`{3,}(?=[^`]*$)|~{3,})/;
export const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
export const QUOTE = /^ {0,3}>/;
/** What makes a heading of the line before it. */
export const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
/** What makes a table of the line before it, where it has a bar. */
export const DELIMITER_ROW = /^[ \t|:-]+$/;
export const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;

const ITEM = /^( {0,3}(?:[-*+]|(\d{1,9})[.)]))([ \t]*)(?=(\S)|$)/;

/** What HTML begins a block, and not a paragraph that has a tag in it. */
const HTML = /^ {0,3}<(?:(!--|\?|![a-z])|\/?([a-z][a-z\d]{0,11})(?:[ \t]|\/?>|$))/i;
const BLOCK_TAGS = new Set(
  (
    'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt ' +
    'fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link ' +
    'main menu menuitem meta nav noframes ol optgroup option p param pre script search section style summary table tbody ' +
    'td textarea tfoot th thead title tr track ul'
  ).split(' '),
);

/** The marker of an item of a list. */
export interface ItemMarker {
  /** The bullet, or what stands after the number: lists with different ones are different lists. */
  readonly kind: string;
  /** Nothing for a bullet. */
  readonly number: number | undefined;
  /** From which column on something belongs to the item. */
  readonly contentIndent: number;
  /** Whether nothing stands behind it. */
  readonly isEmpty: boolean;
}

export function itemMarker(line: string): ItemMarker | undefined {
  const [, marker, number, gap = '', content] = ITEM.exec(line) ?? [];
  if (marker === undefined || (content !== undefined && gap === '') || RULE.test(line)) return undefined;
  const width = content === undefined || gap.length > 4 ? 1 : gap.length;
  return {
    kind: marker.slice(-1),
    number: number === undefined ? undefined : Number(number),
    contentIndent: marker.length + width,
    isEmpty: content === undefined,
  };
}

export function beginsHtml(line: string): boolean {
  const [, other, tag = ''] = HTML.exec(line) ?? [];
  return other !== undefined || BLOCK_TAGS.has(tag.toLowerCase());
}

/** Columns before the first letter. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}
