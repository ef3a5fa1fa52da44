/** A run of markdown that no later text can change. */
export interface Block {
  readonly source: string;
}

export interface Split {
  /** Blocks that became final with this text, in order. */
  readonly settled: readonly Block[];
  /** What may still change. */
  readonly tail: string;
  /** Whether the tail is a code block whose closing fence has not come. */
  readonly isOpenFence: boolean;
}

type Kind = 'none' | 'list' | 'other';

interface Fence {
  readonly mark: string;
  readonly isNested: boolean;
}

/** From this length on a list is settled item by item, in UTF-16 characters. */
const LONG_LIST = 2_000;

const FENCE = /^( {0,3}|\s*(?:[-*+]|\d{1,9}[.)])\s+|\s{2,})(`{3,}(?=[^`]*$)|~{3,})/;
const HEADING = /^ {0,3}#{1,6}(\s|$)/;
const ITEM = /^ {0,1}(?:[-*+]|\d{1,9}[.)])(\s|$)/;
const ANY_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])(\s|$)/;
const INDENTED = /^(?: {2,}|\t)/;

/**
 * Cuts a growing markdown text into blocks, reading every line once: what is settled is never looked at again.
 * A block settles when the line after it shows that it is over.
 */
export class BlockSplitter {
  private start = 0;
  private read = 0;
  private kind: Kind = 'none';
  private fence: Fence | undefined;
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
    if (this.beginsBlock(line)) this.settle(text, this.read);
    this.isAfterBlank = false;
    const opening = FENCE.exec(line);
    if (opening?.[2]) {
      const isNested = this.kind === 'list' || ANY_ITEM.test(line);
      if (!isNested) this.settle(text, this.read);
      this.fence = { mark: opening[2], isNested };
    }
    if (HEADING.test(line)) {
      this.settle(text, this.read);
      this.settle(text, next);
      return;
    }
    if (this.kind === 'none') this.kind = ITEM.test(line) ? 'list' : 'other';
  }

  private readFenced(text: string, line: string, next: number, fence: Fence): void {
    const closing = line.trim();
    const isClosed = closing.startsWith(fence.mark) && closing.replaceAll(fence.mark.charAt(0), '') === '';
    if (!isClosed) return;
    this.fence = undefined;
    if (!fence.isNested) this.settle(text, next);
  }

  private beginsBlock(line: string): boolean {
    if (this.kind === 'list') {
      if (ITEM.test(line)) return this.read - this.start > LONG_LIST;
      return this.isAfterBlank && !INDENTED.test(line);
    }
    return this.isAfterBlank;
  }

  private settle(text: string, end: number): void {
    const source = text.slice(this.start, end);
    if (source.trim()) this.settled.push({ source });
    this.start = end;
    this.kind = 'none';
    this.isAfterBlank = false;
  }

  private take(text: string): Split {
    const settled = this.settled;
    this.settled = [];
    const isOpenFence = this.fence !== undefined && !this.fence.isNested;
    return { settled, tail: text.slice(this.start), isOpenFence };
  }
}
