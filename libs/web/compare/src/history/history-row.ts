import { afterNextRender, afterRenderEffect, Component, computed, ElementRef, inject, Injector, input, output, viewChild } from '@angular/core';
import { Button, Icon } from '@tandem/web/design';
import { type ComparisonSummary } from './comparison-record';

/** One comparison in the list: the way to it, and to what can be done with it. */
@Component({
  selector: 'tandem-history-row',
  imports: [Button, Icon],
  templateUrl: './history-row.html',
  styleUrl: './history-row.css',
  host: { '[class.shown]': 'isShown()' },
})
export class HistoryRow {
  readonly comparison = input.required<ComparisonSummary>();
  readonly isShown = input(false);
  /** Whether an answer is being made, which going elsewhere would end. */
  readonly isBusy = input(false);
  readonly isRenaming = input(false);

  readonly show = output();
  readonly openMenu = output<Element>();
  /** A new name, or nothing where it stays. */
  readonly rename = output<string | undefined>();

  protected readonly title = computed(() => this.comparison().title || 'Untitled');
  protected readonly facts = computed(() => {
    const { modelTitles, updatedAtMs } = this.comparison();
    const when = new Date(updatedAtMs);
    const isToday = when.toDateString() === new Date().toDateString();
    const moment = isToday ? when.toLocaleTimeString('en', { timeStyle: 'short' }) : when.toLocaleDateString('en', { dateStyle: 'medium' });
    return [modelTitles.filter(Boolean).join(' | '), moment].filter(Boolean).join(' · ');
  });
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly box = viewChild<ElementRef<HTMLInputElement>>('box');

  constructor() {
    afterRenderEffect(() => {
      const box = this.box()?.nativeElement;
      box?.focus();
      box?.select();
    });
  }

  protected open({ currentTarget }: Event): void {
    if (currentTarget instanceof Element) this.openMenu.emit(currentTarget);
  }

  protected onKey(event: KeyboardEvent, text: string): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') event.stopPropagation();
    if (event.key === 'Escape') this.end(undefined);
    else if (event.key === 'Enter') this.end(text);
  }

  /** Also when the focus goes elsewhere: what was written is meant. */
  protected end(text: string | undefined): void {
    if (!this.isRenaming()) return;
    const name = text?.trim();
    const hadFocus = this.host.contains(document.activeElement);
    this.rename.emit(name === '' || name === this.comparison().title ? undefined : name);
    if (hadFocus) afterNextRender({ write: () => this.host.querySelector('button')?.focus() }, { injector: this.injector });
  }
}
