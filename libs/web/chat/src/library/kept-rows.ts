import { Component, input, output, signal } from '@angular/core';
import { Button, Icon, NameBox } from '@tandem/web/design';

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
  imports: [Button, Icon, NameBox],
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

  protected end(id: string, name: string | undefined): void {
    this.renaming.set(undefined);
    if (name !== undefined) this.rename.emit({ id, name });
  }
}
