import { afterRenderEffect, Component, DestroyRef, ElementRef, inject, input, signal } from '@angular/core';
import { loadMarkdownRenderer } from './load-markdown-renderer';
import { type BlockRenderer, MarkdownView } from './markdown-view';

/** A model's text as markdown, while it grows. Until the renderer is there, the bare text shows. */
@Component({
  selector: 'tandem-markdown',
  template: '@if (!renderer()) {<div class="block plain">{{ text() }}</div>}',
  host: { class: 'prose' },
})
export class Markdown {
  /** Only ever grows. */
  readonly text = input.required<string>();
  readonly isComplete = input(false);

  protected readonly renderer = signal<BlockRenderer | undefined>(undefined);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private view: MarkdownView | undefined;

  constructor() {
    loadMarkdownRenderer().then(
      (renderer) => this.renderer.set(renderer),
      () => undefined,
    );
    afterRenderEffect(() => this.show());
    inject(DestroyRef).onDestroy(() => this.view?.close());
  }

  private show(): void {
    const renderer = this.renderer();
    if (!renderer) return;
    if (!this.isComplete()) this.host.classList.add('grown');
    this.view ??= new MarkdownView(this.host, renderer);
    this.view.show(this.text(), this.isComplete());
  }
}
