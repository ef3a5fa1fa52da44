import { afterRenderEffect, Component, type ElementRef, input, output, signal, viewChild } from '@angular/core';
import { Button, Icon } from '@tandem/web/design';

/** One thing that a person keeps under a name. */
export interface KeptRow {
  readonly id: string;
  readonly name: string;
  /** What it is, in a line. */
  readonly detail: string;
  readonly isInUse?: boolean;
}

/** A person's own things: each can be taken, named anew and deleted. */
@Component({
  selector: 'tandem-kept-rows',
  imports: [Button, Icon],
  templateUrl: './kept-rows.html',
  styleUrl: './kept-rows.css',
})
export class KeptRows {
  readonly label = input.required<string>();
  readonly rows = input.required<readonly KeptRow[]>();
  /** Whether they have names of their own. */
  readonly canRename = input(false);
  readonly take = output<string>();
  readonly rename = output<{ readonly id: string; readonly name: string }>();
  readonly delete = output<string>();

  protected readonly renaming = signal<string | undefined>(undefined);
  private readonly box = viewChild<ElementRef<HTMLInputElement>>('box');

  constructor() {
    afterRenderEffect(() => {
      const box = this.box()?.nativeElement;
      box?.focus();
      box?.select();
    });
  }

  protected onKey(event: KeyboardEvent, id: string, text: string): void {
    if (event.isComposing || !['Enter', 'Escape'].includes(event.key)) return;
    // neither sends a form nor closes the dialog around it
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') this.renaming.set(undefined);
    else this.end(id, text);
  }

  /** Also when the focus goes elsewhere: what was written is meant. */
  protected end(id: string, text: string): void {
    if (this.renaming() !== id) return;
    this.renaming.set(undefined);
    if (text.trim() !== '') this.rename.emit({ id, name: text.trim() });
  }
}
