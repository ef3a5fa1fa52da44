import { NgTemplateOutlet } from '@angular/common';
import { afterNextRender, afterRenderEffect, Component, computed, ElementRef, inject, Injector, input, output, viewChild } from '@angular/core';

import { RouterLink } from '@angular/router';
import { Button, Icon, StatusMark } from '@tandem/web/design';
import { type HistoryEntry } from './entry';

/** One entry of a history: the way to it, and to what can be done with it. */
@Component({
  selector: 'tandem-history-row',
  imports: [Button, Icon, NgTemplateOutlet, RouterLink, StatusMark],
  templateUrl: './history-row.html',
  styleUrl: './history-row.css',
  host: { '[class.shown]': 'isShown()' },
})
export class HistoryRow {
  readonly entry = input.required<HistoryEntry>();
  /** What it is: a conversation, a comparison. */
  readonly kind = input.required<string>();
  readonly isShown = input(false);
  /** Why it cannot be opened now; empty where it can. */
  readonly blocked = input('');
  readonly isRenaming = input(false);
  readonly hasMenu = input(false);
  readonly choose = output();
  readonly openMenu = output<Element>();
  /** A new name, or nothing where it stays. */
  readonly rename = output<string | undefined>();

  protected readonly title = computed(() => this.entry().title || 'Untitled');
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
    this.rename.emit(name === '' || name === this.entry().title ? undefined : name);
    if (hadFocus) afterNextRender({ write: () => this.host.querySelector<HTMLElement>('.opener')?.focus() }, { injector: this.injector });
  }
}
