import { afterNextRender, afterRenderEffect, Component, computed, ElementRef, inject, Injector, input, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, Icon, StatusMark } from '@tandem/web/design';
import { type ConversationRecord } from '../archive/records';

/** One conversation in the list: the way to it, and to what can be done with it. */
@Component({
  selector: 'tandem-conversation-row',
  imports: [Button, Icon, RouterLink, StatusMark],
  templateUrl: './conversation-row.html',
  styleUrl: './conversation-row.css',
  host: { '[class.open]': 'isOpen()' },
})
export class ConversationRow {
  readonly conversation = input.required<ConversationRecord>();
  /** Whether it is the one that is shown. */
  readonly isOpen = input(false);
  readonly isRunning = input(false);
  readonly isRenaming = input(false);
  readonly hasMenu = input(false);
  /** Where the search found something in it. */
  readonly excerpt = input<string>();
  readonly openMenu = output<Element>();
  /** A new name, or nothing where it stays. */
  readonly rename = output<string | undefined>();

  protected readonly title = computed(() => this.conversation().title || 'Untitled');
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
    this.rename.emit(name === '' || name === this.conversation().title ? undefined : name);
    if (hadFocus) afterNextRender({ write: () => this.host.querySelector('a')?.focus() }, { injector: this.injector });
  }
}
