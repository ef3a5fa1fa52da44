import { type Block } from './block-splitter';
import { PlainText } from './plain-text';

/** How much text is rendered at once when it comes near, in UTF-16 characters. */
const CHUNK = 2_000;

/** How near, in CSS pixels. */
const NEAR_PX = 800;

type Render = (host: HTMLElement, block: Block) => void;

/**
 * The blocks of a long text that nobody looks at yet: there as plain text, and rendered when they come near. Owns an
 * observer until `close()`.
 */
export class LaterBlocks {
  private readonly blocksOf = new Map<Element, readonly Block[]>();
  private readonly observer;

  constructor(
    private readonly host: HTMLElement,
    private readonly render: Render,
  ) {
    // `scrollMargin`: what scrolls is not the page, but a part of it
    const options = { rootMargin: `${NEAR_PX}px 0px`, scrollMargin: `${NEAR_PX}px 0px` };
    this.observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) this.renderNow(target as HTMLElement);
    }, options);
  }

  add(blocks: readonly Block[]): void {
    for (const chunk of chunksOf(blocks)) {
      const holder = document.createElement('div');
      new PlainText(holder).show(chunk.map(({ source }) => source).join(''));
      this.host.append(holder);
      this.blocksOf.set(holder, chunk);
      this.observer.observe(holder);
    }
  }

  close(): void {
    this.observer.disconnect();
  }

  private renderNow(holder: HTMLElement): void {
    this.observer.unobserve(holder);
    const blocks = this.blocksOf.get(holder) ?? [];
    this.blocksOf.delete(holder);
    holder.classList.remove('plain');
    holder.replaceChildren(
      ...blocks.map((block) => {
        const host = document.createElement('div');
        host.className = 'block';
        this.render(host, block);
        return host;
      }),
    );
  }
}

function chunksOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const chunks: Block[][] = [];
  let characters = Infinity;
  for (const block of blocks) {
    if (characters >= CHUNK) {
      chunks.push([]);
      characters = 0;
    }
    chunks.at(-1)?.push(block);
    characters += block.source.length;
  }
  return chunks;
}
