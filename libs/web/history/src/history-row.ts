import { NgTemplateOutlet } from '@angular/common';
import { afterNextRender, Component, computed, ElementRef, inject, Injector, input, output } from '@angular/core';

import { RouterLink } from '@angular/router';
import { Button, Icon, NameBox, StatusMark } from '@tandem/web/design';
import { type HistoryEntry } from './entry';

/** One entry of a history: the way to it, and to what can be done with it. */
@Component({
  selector: 'tandem-history-row',
  imports: [Button, Icon, NameBox, NgTemplateOutlet, RouterLink, StatusMark],
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

  protected open({ currentTarget }: Event): void {
    if (currentTarget instanceof Element) this.openMenu.emit(currentTarget);
  }

  protected end(title: string | undefined): void {
    const hadFocus = this.host.contains(document.activeElement);
    this.rename.emit(title);
    if (hadFocus) afterNextRender({ write: () => this.host.querySelector<HTMLElement>('.opener')?.focus() }, { injector: this.injector });
  }
}
