import { type Block } from '../comparing/blocks';
import { type Run, type Whose } from '../comparing/stretches';

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
    for (const [at, run] of runs.entries()) {
      if (run.kind === 'other' && runs[at - 1]?.kind !== 'own' && runs[at + 1]?.kind !== 'own') element.append(gap());
      element.append(run.kind === 'same' ? run.text : this.mark(run));
    }
    return element;
  }

  private mark({ kind, text }: Run): HTMLElement {
    const element = document.createElement((kind === 'own') === (this.whose === 'baseline') ? 'del' : 'ins');
    element.className = kind;
    element.textContent = text;
    return element;
  }
}

/** Where the other answer has something, and this one nothing. */
function gap(): HTMLElement {
  const element = document.createElement('span');
  element.className = 'gap';
  element.setAttribute('aria-hidden', 'true');
  return element;
}
