import { type Block, type Run, type Whose } from '@tandem/shared/differences';

/** How long blocks are made in one go, in milliseconds: a long answer must not hold up the page. */
const SLICE_MS = 10;

/** Blocks as elements. White space stays as it was written. */
export class MarkedView {
  private isClosed = false;

  constructor(
    private readonly host: HTMLElement,
    /** Whose text it is. */
    private readonly whose: Whose,
  ) {}

  /** Replaces what was shown once all of it is made; whether it was: not where it is closed meanwhile. */
  async show(blocks: readonly Block[]): Promise<boolean> {
    const made = document.createDocumentFragment();
    let untilMs = performance.now() + SLICE_MS;
    for (const block of blocks) {
      if (performance.now() > untilMs) {
        await new Promise((resolve) => setTimeout(resolve));
        if (this.isClosed) return false;
        untilMs = performance.now() + SLICE_MS;
      }
      made.append(this.elementOf(block));
    }
    this.host.replaceChildren(made);
    return true;
  }

  close(): void {
    this.isClosed = true;
  }

  private elementOf({ isCode, goesOn, runs }: Block): HTMLElement {
    const element = document.createElement('div');
    element.dir = isCode ? 'ltr' : 'auto';
    element.className = 'marked-block';
    element.classList.toggle('code', isCode);
    element.classList.toggle('goes-on', goesOn);
    element.classList.toggle(
      'other',
      runs.every(({ kind }) => kind === 'other'),
    );
    for (const run of runs) {
      if (run.isGap) element.append(gap(this.whose));
      element.append(...(run.kind === 'same' ? [run.text] : this.marked(run)));
    }
    return element;
  }

  /** With the white space around the other answer's words: it is there when they are. */
  private marked({ kind, text }: Run): readonly HTMLElement[] {
    const element = document.createElement((kind === 'own') === (this.whose === 'baseline') ? 'del' : 'ins');
    element.className = kind;
    element.textContent = kind === 'own' ? text : text.trim();
    if (kind === 'own') return [element];
    const [before, after] = [text.slice(0, text.length - text.trimStart().length), text.slice(text.trimEnd().length)];
    return [...space(before), element, ...space(after)];
  }
}

function space(text: string): readonly HTMLElement[] {
  if (text === '') return [];
  const element = document.createElement('span');
  element.className = 'space';
  element.textContent = text;
  return [element];
}

/** Where the other answer has something, and this one nothing. */
function gap(whose: Whose): HTMLElement {
  const element = document.createElement('span');
  element.className = whose === 'baseline' ? 'gap' : 'gap removed';
  element.setAttribute('aria-hidden', 'true');
  return element;
}
