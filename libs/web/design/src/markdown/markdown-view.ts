import { type Block, BlockSplitter, type Split } from './block-splitter';
import { GrowingCode } from './growing-code';

/** What turns a block's source into elements; loaded when the first answer is shown. */
export interface BlockRenderer {
  renderBlock(host: HTMLElement, source: string): void;
  renderTail(host: HTMLElement, source: string): void;
}

/** A growing block longer than this is shown as plain text until it settles. In UTF-16 characters. */
const LONG_TAIL = 8_000;

/**
 * Shows a growing markdown text in one element. Settled blocks are rendered once and never touched again; only the
 * last block is rendered anew. Owns the element's children; dropping the element ends it.
 */
export class MarkdownView {
  private readonly splitter = new BlockSplitter();
  private readonly cursor = document.createElement('span');
  private tail: HTMLElement | undefined;
  private growing: GrowingCode | undefined;
  private tailSource = '';

  constructor(
    private readonly host: HTMLElement,
    private readonly renderer: BlockRenderer,
  ) {
    this.cursor.className = 'cursor';
    this.cursor.setAttribute('aria-hidden', 'true');
  }

  /** `text` begins with the text of the call before. */
  show(text: string, isComplete: boolean): void {
    const split = isComplete ? this.splitter.finish(text) : this.splitter.push(text);
    for (const block of split.settled) this.settle(block);
    if (isComplete) this.end();
    else this.showTail(split);
  }

  private settle({ source }: Block): void {
    const host = this.tail ?? this.openTail();
    this.closeTail();
    this.renderer.renderBlock(host, source);
  }

  private end(): void {
    this.tail?.remove();
    this.closeTail();
    this.cursor.remove();
  }

  private showTail({ tail, isOpenFence }: Split): void {
    if (tail === this.tailSource && this.tail) return;
    this.tailSource = tail;
    const host = this.tail ?? this.openTail();
    if (isOpenFence) this.growCode(host, tail);
    else if (tail.length > LONG_TAIL) showPlain(host, tail);
    else this.renderer.renderTail(host, tail);
    lastLeaf(host).append(this.cursor);
  }

  private growCode(host: HTMLElement, source: string): void {
    if (!this.growing) {
      this.growing = new GrowingCode();
      const frame = document.createElement('div');
      frame.className = 'code-frame';
      const bar = document.createElement('div');
      bar.className = 'code-bar';
      const language = document.createElement('span');
      language.textContent = /^\s*[`~]+\s*([\w+#.-]{0,24})/.exec(source)?.[1] || 'text';
      bar.append(language);
      frame.append(bar, this.growing.element);
      host.replaceChildren(frame);
    }
    this.growing.show(source);
  }

  private openTail(): HTMLElement {
    this.tail = document.createElement('div');
    this.tail.className = 'block';
    this.host.append(this.tail);
    return this.tail;
  }

  private closeTail(): void {
    this.tail = undefined;
    this.growing = undefined;
    this.tailSource = '';
  }
}

function showPlain(host: HTMLElement, text: string): void {
  const shown = host.firstChild;
  if (host.classList.contains('plain') && shown instanceof Text) shown.appendData(text.slice(shown.length));
  else host.replaceChildren(document.createTextNode(text));
  host.classList.add('plain');
}

const INSIDE = new Set(['P', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'H3', 'PRE', 'CODE', 'TABLE', 'TBODY', 'TR', 'TD', 'TH', 'DIV', 'SPAN']);

/** Where the next token will appear. */
function lastLeaf(host: HTMLElement): Element {
  let leaf: Element = host;
  for (let next = leaf.lastElementChild; next && isLastContent(leaf, next); next = leaf.lastElementChild) leaf = next;
  return leaf;
}

function isLastContent(parent: Element, child: Element): boolean {
  if (!INSIDE.has(child.tagName) || child.className === 'cursor') return false;
  if (child.tagName === 'CODE' && parent.tagName !== 'PRE') return false;
  return !parent.lastChild?.textContent?.trim() || parent.lastChild === child;
}
