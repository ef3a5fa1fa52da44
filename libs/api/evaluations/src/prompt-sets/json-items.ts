/** A piece of a JSON text. */
export interface JsonItem {
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

const [NEWLINE, SPACE, QUOTE, COMMA, BACKSLASH] = [0x0a, 0x20, 0x22, 0x2c, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Cuts the items of a list out of a JSON text without building anything: the list that is the whole text, or the one under the
 * name `list` of the object that it is. `frame` is the rest, with a 0 for each item, on the same lines.
 */
export function cutItems(text: string, list: string): { readonly items: readonly JsonItem[]; readonly frame: string } {
  const items: JsonItem[] = [];
  const frame: string[] = [];
  let [depth, line, listDepth, name, copied] = [0, 1, -1, '', 0];
  let item: { readonly from: number; readonly line: number } | undefined;
  const endItem = (at: number): void => {
    if (item === undefined) return;
    items.push({ text: text.slice(item.from, at), line: item.line });
    frame.push(text.slice(copied, item.from), '0', '\n'.repeat(line - item.line));
    copied = at;
    item = undefined;
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === NEWLINE) line += 1;
    if (sign <= SPACE) continue;
    if (depth === listDepth) {
      if (sign === COMMA || sign === CLOSE_LIST) endItem(at);
      else item ??= { from: at, line };
    }
    if (sign === QUOTE) {
      const end = endOfText(text, at);
      if (depth === 1) name = text.slice(at + 1, end);
      line += newlinesIn(text, at, end);
      at = end;
    } else if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
      depth += 1;
      if (sign === OPEN_LIST && listDepth === -1 && (depth === 1 || (depth === 2 && name === list))) listDepth = depth;
    } else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) {
      depth -= 1;
      // there is one such list, and it is over
      if (depth < listDepth) listDepth = Number.NaN;
    }
  }
  endItem(text.length);
  return { items, frame: frame.join('') + text.slice(copied) };
}

/** Where a text that begins at `from` has its closing sign; behind the last sign where it has none. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === BACKSLASH) at += 1;
    else if (sign === QUOTE) return at;
  }
  return text.length;
}

/** No text of valid JSON has any, but one whose closing sign is missing goes on over lines. */
function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
