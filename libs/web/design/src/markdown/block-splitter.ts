import { beginsHtml, DELIMITER_ROW, FENCE, HEADING, indentOf, type ItemMarker, itemMarker, NESTED_FENCE, QUOTE, RULE, UNDERLINE } from './line-shapes';
import { endsFormula, FORMULA_START } from './formula';
import { definitionAt, footnoteAt } from './references';

/** A run of markdown that no later text can change. */
export interface Block {
  readonly source: string;
  /** What its first item counts, when it goes on with a list that is counted through whatever its numbers are. */
  readonly firstNumber?: number | undefined;
}

export interface Split {
  /** Blocks that became final with this text, in order. */
  readonly settled: readonly Block[];
  /** What may still change. */
  readonly tail: string;
  /** As in a block, for the tail. */
  readonly firstNumber?: number | undefined;
  /** Whether the tail is a code block whose closing fence has not come. */
  readonly isOpenFence: boolean;
}

/** `indented` goes on over blank lines where a line is as far in as its first: code, and footnotes. */
type Kind = 'none' | 'list' | 'indented' | 'definitions' | 'html' | 'formula' | 'quote' | 'table' | 'paragraph' | 'ended';

interface Fence {
  readonly mark: string;
  readonly isNested: boolean;
}

interface List {
  readonly kind: string;
  readonly first: number | undefined;
  items: number;
  /** Whether its second number is its first again, as when somebody leaves the counting to markdown. */
  isCounted: boolean;
}

/** From this length on a list is settled item by item, in UTF-16 characters. */
const LONG_LIST = 2_000;

const CODE_INDENT = 4;
const FOOTNOTE_INDENT = 2;

/**
 * Cuts a growing markdown text into blocks, reading every line once: what is settled is never looked at again.
 * A block settles when the line after it shows that it is over.
 */
export class BlockSplitter {
  private start = 0;
  private read = 0;
  private kind: Kind = 'none';
  private fence: Fence | undefined;
  private list: List | undefined;
  /** From which column on a line belongs to the last item, or to what is indented. */
  private contentIndent = 0;
  private closing = '';
  /** Whether a line without a mark goes on with the quote. */
  private isLazy = false;
  private firstNumber: number | undefined;
  private isAfterBlank = false;
  private settled: Block[] = [];

  /** `text` begins with the text of the call before. */
  push(text: string): Split {
    for (let end = text.indexOf('\n', this.read); end !== -1; end = text.indexOf('\n', this.read)) {
      this.readLine(text, text.slice(this.read, end).replace(/\r$/, ''), end + 1);
      this.read = end + 1;
    }
    return this.take(text);
  }

  /** The text is complete: whatever is left is the last block. */
  finish(text: string): Split {
    const { settled } = this.push(text);
    this.readLine(text, text.slice(this.read), text.length);
    this.settle(text, text.length);
    this.read = text.length;
    this.fence = undefined;
    return { settled: [...settled, ...this.take(text).settled], tail: '', isOpenFence: false };
  }

  private readLine(text: string, line: string, next: number): void {
    if (this.fence) {
      this.readFenced(text, line, next, this.fence);
      return;
    }
    if (line.trim() === '') {
      this.isAfterBlank = true;
      return;
    }
    const marker = this.markerOf(line);
    this.endBlockBefore(text, line, marker);
    this.isAfterBlank = false;
    if (this.opensFence(text, line)) return;
    if (this.isLineOfItsOwn(line)) {
      if (!this.isUnderline(line)) this.settle(text, this.read);
      this.settle(text, next);
    } else this.begin(line, marker);
  }

  /** The marker of an item that is none of another item's content. */
  private markerOf(line: string): ItemMarker | undefined {
    return this.isInside(line) ? undefined : itemMarker(line);
  }

  private isLineOfItsOwn(line: string): boolean {
    if (this.kind === 'formula' || this.kind === 'html' || this.isInside(line)) return false;
    return HEADING.test(line) || RULE.test(line) || this.isUnderline(line);
  }

  private isUnderline(line: string): boolean {
    return this.kind === 'paragraph' && UNDERLINE.test(line);
  }

  private isInside(line: string): boolean {
    return (this.kind === 'list' || this.kind === 'indented') && indentOf(line) >= this.contentIndent;
  }

  private endBlockBefore(text: string, line: string, marker: ItemMarker | undefined): void {
    if (this.kind === 'list' && marker?.kind === this.list?.kind) {
      this.countItem(text, marker);
      return;
    }
    if (this.isOver(line, marker)) this.settle(text, this.read);
  }

  private isOver(line: string, marker: ItemMarker | undefined): boolean {
    if (this.isInside(line)) return false;
    if (this.isAfterBlank || this.kind === 'ended') return true;
    if (this.kind === 'list') return marker !== undefined || QUOTE.test(line) || beginsHtml(line);
    if (this.kind === 'indented') return this.contentIndent === CODE_INDENT;
    if (this.kind === 'definitions') return definitionAt(line) === undefined;
    if (this.kind === 'table' && indentOf(line) >= CODE_INDENT) return true;
    const hasBegun = marker !== undefined && !marker.isEmpty;
    if (this.kind === 'quote') return hasBegun || !(this.isLazy || QUOTE.test(line));
    return (this.kind === 'paragraph' || this.kind === 'table') && hasBegun && (marker.number ?? 1) === 1;
  }

  private countItem(text: string, marker: ItemMarker | undefined): void {
    if (!marker || !this.list) return;
    const list = this.list;
    if (list.items === 1) list.isCounted = marker.number !== undefined && marker.number === list.first;
    if (this.read - this.start > LONG_LIST) {
      this.settle(text, this.read);
      this.kind = 'list';
      this.list = list;
      if (list.isCounted && list.first !== undefined) this.firstNumber = list.first + list.items;
    }
    list.items += 1;
    this.contentIndent = marker.contentIndent;
  }

  private begin(line: string, marker: ItemMarker | undefined): void {
    if (this.kind === 'formula') {
      this.closeFormula(line);
      return;
    }
    if (this.kind === 'quote') {
      if (QUOTE.test(line)) this.isLazy = mayBeLazy(line);
      return;
    }
    const [, opening] = FORMULA_START.exec(line) ?? [];
    if (opening !== undefined && (this.kind === 'none' || this.kind === 'paragraph')) {
      this.closing = opening === '$$' ? '$$' : '\\]';
      this.kind = 'formula';
      this.closeFormula(line.trimStart().slice(2));
    } else if ((this.kind === 'paragraph' || this.kind === 'table') && beginsHtml(line)) this.kind = 'html';
    else if (this.kind === 'paragraph' && DELIMITER_ROW.test(line) && line.includes('|')) this.kind = 'table';
    else if (this.kind === 'none') this.beginKind(line, marker);
  }

  private closeFormula(line: string): void {
    const at = line.indexOf(this.closing);
    if (at >= 0) this.kind = endsFormula(line.slice(at + this.closing.length)) ? 'ended' : 'paragraph';
  }

  private beginKind(line: string, marker: ItemMarker | undefined): void {
    if (marker) {
      this.kind = 'list';
      this.list = { kind: marker.kind, first: marker.number, items: 1, isCounted: false };
      this.contentIndent = marker.contentIndent;
    } else if (indentOf(line) >= CODE_INDENT || footnoteAt(line)) {
      this.kind = 'indented';
      this.contentIndent = footnoteAt(line) ? FOOTNOTE_INDENT : CODE_INDENT;
    } else if (definitionAt(line)) this.kind = 'definitions';
    else if (QUOTE.test(line)) {
      this.kind = 'quote';
      this.isLazy = mayBeLazy(line);
    } else this.kind = beginsHtml(line) ? 'html' : 'paragraph';
  }

  private opensFence(text: string, line: string): boolean {
    if (this.kind === 'formula' || (this.kind === 'indented' && this.isInside(line) && this.contentIndent === CODE_INDENT)) return false;
    const [, mark] = (this.isInside(line) ? undefined : FENCE.exec(line)) ?? [];
    if (mark !== undefined) {
      this.settle(text, this.read);
      this.fence = { mark, isNested: false };
      return true;
    }
    const isNested = this.isInside(line) || itemMarker(line) !== undefined;
    const [, nested] = (isNested ? NESTED_FENCE.exec(line) : undefined) ?? [];
    if (nested !== undefined) this.fence = { mark: nested, isNested: true };
    return false;
  }

  private readFenced(text: string, line: string, next: number, fence: Fence): void {
    const closing = line.trim();
    const isClosed = closing.startsWith(fence.mark) && closing.replaceAll(fence.mark.charAt(0), '') === '';
    if (!isClosed) return;
    this.fence = undefined;
    if (!fence.isNested) this.settle(text, next);
  }

  private settle(text: string, end: number): void {
    const source = text.slice(this.start, end);
    if (source.trim()) this.settled.push(this.firstNumber === undefined ? { source } : { source, firstNumber: this.firstNumber });
    this.start = end;
    this.kind = 'none';
    this.list = undefined;
    this.firstNumber = undefined;
    this.isAfterBlank = false;
  }

  private take(text: string): Split {
    const settled = this.settled;
    this.settled = [];
    const isOpenFence = this.fence !== undefined && !this.fence.isNested;
    return { settled, tail: text.slice(this.start), firstNumber: this.firstNumber, isOpenFence };
  }
}

/** Whether a quoted line may be one of a paragraph. */
function mayBeLazy(line: string): boolean {
  const quoted = line.replace(/^[ >]*/, '');
  return quoted.trim() !== '' && !FENCE.test(quoted) && !HEADING.test(quoted);
}
