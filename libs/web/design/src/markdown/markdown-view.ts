import { type Block, BlockSplitter, type Split } from './block-splitter';
import { infoOfFence } from './fenced-code';
import { GrowingCode } from './growing-code';
import { LaterBlocks } from './later-blocks';
import { type BlockContext } from './markdown-html';
import { orPlain, PlainText } from './plain-text';
import { References } from './references';

/** What turns a block's source into elements; loaded when the first answer is shown. */
export interface BlockRenderer {
  renderBlock(host: HTMLElement, source: string, context: BlockContext): void;
  renderTail(host: HTMLElement, source: string, context: BlockContext): void;
}

/** A growing block longer than this is shown as plain text until it settles. In UTF-16 characters. */
const LONG_TAIL = 8_000;

/** Most blocks of a text that came whole which are rendered before anybody looks at them. */
const MOST_AT_ONCE = 200;

/** How long blocks are rendered in one go, in milliseconds: a long answer must not hold up the page when it is opened. */
const SLICE_MS = 12;

/** A block that stands, and how much was defined when it was rendered. */
interface Standing {
  readonly host: HTMLElement;
  readonly block: Block;
  readonly known: number;
}

/** Time, and how to go on a little later. */
export interface ViewSurroundings {
  readonly nowMs: () => number;
  readonly later: (work: () => void) => void;
}

const PAGE: ViewSurroundings = { nowMs: () => performance.now(), later: (work) => void setTimeout(work) };

/**
 * Shows a growing markdown text in one element. Settled blocks are rendered once and not touched again, but for those
 * that refer to what was defined after them: once, at the end. Only the last block is rendered anew. A block that cannot be rendered is shown as the text it is. Owns the element's children;
 * `close()` renders no more.
 */
export class MarkdownView {
  private readonly splitter = new BlockSplitter();
  private readonly cursor = document.createElement('span');
  private readonly waiting: Block[] = [];
  /** Those that are rendered when they come near. */
  private later: Block[] = [];
  private readonly references = new References();
  /** Those that refer to something. */
  private referring: Standing[] = [];
  private tail: HTMLElement | undefined;
  private growing: GrowingCode | undefined;
  private plain: PlainText | undefined;
  private tailSource = '';
  /** Whether the last block cannot be rendered as it is by now: with more of it, it could not either. */
  private isTailPlain = false;
  private laterBlocks: LaterBlocks | undefined;
  private isComplete = false;
  private isGoingOn = false;
  private isClosed = false;
  private split: Split = { settled: [], tail: '', isOpenFence: false };

  constructor(
    private readonly host: HTMLElement,
    private readonly renderer: BlockRenderer,
    private readonly surroundings: ViewSurroundings = PAGE,
  ) {
    this.cursor.className = 'cursor';
    this.cursor.setAttribute('aria-hidden', 'true');
  }

  /** `text` begins with the text of the call before. */
  show(text: string, isComplete: boolean): void {
    this.split = isComplete ? this.splitter.finish(text) : this.splitter.push(text);
    this.isComplete = isComplete;
    for (const block of this.split.settled) {
      this.references.add(block.source);
      this.waiting.push(block);
    }
    if (isComplete && this.waiting.length > MOST_AT_ONCE && 'IntersectionObserver' in globalThis) this.leaveForLater();
    if (!this.isGoingOn) this.goOn();
  }

  close(): void {
    this.isClosed = true;
    this.laterBlocks?.close();
  }

  /** The first are rendered as ever: they are what is seen when the text is not scrolled. */
  private leaveForLater(): void {
    this.later = this.waiting.splice(MOST_AT_ONCE);
  }

  private goOn(): void {
    const { nowMs, later } = this.surroundings;
    const untilMs = nowMs() + SLICE_MS;
    let rendered = 0;
    for (const block of this.waiting) {
      if (rendered > 0 && nowMs() >= untilMs) break;
      this.settle(block);
      rendered += 1;
    }
    this.waiting.splice(0, rendered);
    this.isGoingOn = this.waiting.length > 0;
    if (this.isGoingOn) later(() => void (this.isClosed || this.goOn()));
    else if (this.isComplete && this.renderAgain()) later(() => void (this.isClosed || this.goOn()));
    else if (this.isComplete) this.end();
    else this.showTail(this.split);
  }

  private settle(block: Block): void {
    const host = this.tail ?? this.openTail();
    this.closeTail();
    this.render(host, block);
    if (block.source.includes('[')) this.referring.push({ host, block, known: this.references.size });
  }

  private render(host: HTMLElement, { source, firstNumber }: Block): void {
    orPlain(host, source.trimEnd(), () => this.renderer.renderBlock(host, source, { references: this.references, firstNumber }));
  }

  private end(): void {
    this.tail?.remove();
    this.closeTail();
    this.cursor.remove();
    if (this.later.length === 0) return;
    this.laterBlocks = new LaterBlocks(this.host, (host, block) => this.render(host, block));
    this.laterBlocks.add(this.later.splice(0));
  }

  /** Renders one of the blocks that knew too little; whether there was one. */
  private renderAgain(): boolean {
    for (let standing = this.referring.shift(); standing; standing = this.referring.shift()) {
      const { host, block, known } = standing;
      if (!this.references.changes(block.source, known)) continue;
      this.render(host, block);
      return true;
    }
    return false;
  }

  private showTail({ tail, firstNumber, isOpenFence }: Split): void {
    if (tail === this.tailSource && this.tail) return;
    this.tailSource = tail;
    const host = this.tail ?? this.openTail();
    if (isOpenFence) this.growCode(host, tail);
    else if (this.isTailPlain || tail.length > LONG_TAIL) (this.plain ??= new PlainText(host)).show(tail);
    else this.isTailPlain = !orPlain(host, tail, () => this.renderer.renderTail(host, tail, { references: this.references, firstNumber }));
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
      language.textContent = infoOfFence(source.slice(0, source.indexOf('\n'))) || 'text';
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
    this.plain = undefined;
    this.tailSource = '';
    this.isTailPlain = false;
  }
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
