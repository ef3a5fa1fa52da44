import { afterRenderEffect, Component, computed, DestroyRef, ElementRef, inject, input, linkedSignal, output } from '@angular/core';
import { type Prompt, PromptStore } from './prompt-store';

/** Most that are listed: more words find the others. */
const MOST = 20;
/** How much of each is shown, in UTF-16 characters. */
const SHOWN = 300;

let count = 0;

/**
 * Lists the saved prompts above the box that is its content, once "/" is the first thing in it; what is written behind
 * narrows them down. The focus stays in the box: arrow keys move in the list, Enter and Tab take, Escape puts it away.
 */
@Component({
  selector: 'tandem-prompt-list',
  templateUrl: './prompt-list.html',
  styleUrl: './prompt-list.css',
})
export class PromptList {
  /** What stands in the box. */
  readonly text = input.required<string>();
  readonly take = output<string>();

  private readonly store = inject(PromptStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly id = `prompts-${++count}`;
  private readonly query = computed(() => (this.text().startsWith('/') && !this.text().includes('\n') ? this.text().slice(1) : undefined));
  private readonly isAway = linkedSignal({ source: () => this.query() === undefined, computation: () => false });
  protected readonly options = computed(() => {
    const query = this.query();
    return query === undefined || this.isAway() ? [] : this.store.find(query).slice(0, MOST);
  });
  protected readonly isOpen = computed(() => this.options().length > 0);
  /** Nothing is there to be listed: said once, where somebody looks for it. */
  protected readonly isLacking = computed(() => this.query() === '' && !this.isAway() && this.store.prompts().length === 0);
  protected readonly at = linkedSignal({ source: this.options, computation: () => 0 });
  protected readonly news = computed(() => {
    const found = this.options().length;
    if (found === 0) return '';
    return `${found === 1 ? '1 saved prompt' : `${found} saved prompts`}. Arrow keys move, Enter takes one, Escape puts them away.`;
  });

  constructor() {
    const onKey = (event: KeyboardEvent): void => this.onKey(event);
    // before the box itself: there Enter sends
    this.host.addEventListener('keydown', onKey, { capture: true });
    inject(DestroyRef).onDestroy(() => this.host.removeEventListener('keydown', onKey, { capture: true }));
    afterRenderEffect(() => this.describeBox());
  }

  protected lineOf({ text }: Prompt): string {
    return text.slice(0, SHOWN).replace(/\s+/g, ' ');
  }

  protected choose(prompt: Prompt | undefined): void {
    if (!prompt) return;
    this.take.emit(prompt.text);
    this.box()?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229 || event.target !== this.box()) return;
    if (!this.isOpen() && !(this.isLacking() && event.key === 'Escape')) return;
    const size = this.options().length;
    const next = { ArrowDown: this.at() + 1, ArrowUp: this.at() - 1 + size }[event.key];
    if (next !== undefined) this.at.set(next % size);
    else if (event.key === 'Escape') this.isAway.set(true);
    else if (isTaking(event)) this.choose(this.options()[this.at()]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What a screen reader tells of the box while the list is open. */
  private describeBox(): void {
    const box = this.box();
    const [isOpen, active] = [this.isOpen(), `${this.id}-${this.at()}`];
    box?.setAttribute('aria-autocomplete', 'list');
    for (const [name, value] of [
      ['aria-controls', this.id],
      ['aria-activedescendant', active],
    ] as const) {
      if (isOpen) box?.setAttribute(name, value);
      else box?.removeAttribute(name);
    }
    if (isOpen) this.host.querySelector(`#${active}`)?.scrollIntoView({ block: 'nearest' });
  }

  private box(): HTMLTextAreaElement | null {
    return this.host.querySelector('textarea');
  }
}

function isTaking({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return (key === 'Enter' || key === 'Tab') && !(shiftKey || ctrlKey || metaKey || altKey);
}
