import { Component, computed, inject, input, model, output } from '@angular/core';
import { Button, Dialog, UndoNote } from '@tandem/web/design';
import { KeptRows } from '../library/kept-rows';
import { PromptStore } from './prompt-store';

/** How much of a prompt is shown, in UTF-16 characters. */
const SHOWN = 300;

/** A person's saved prompts: one is taken into the box, and what stands in the box becomes another. */
@Component({
  selector: 'tandem-prompts-dialog',
  imports: [Button, Dialog, KeptRows, UndoNote],
  templateUrl: './prompts-dialog.html',
  styleUrl: '../library/library-dialog.css',
})
export class PromptsDialog {
  readonly isOpen = model.required<boolean>();
  /** What stands in the box. */
  readonly text = input.required<string>();
  readonly take = output<string>();

  protected readonly store = inject(PromptStore);
  protected readonly rows = computed(() =>
    this.store.prompts().map(({ id, text }) => {
      const [name = '', ...rest] = text.slice(0, SHOWN).split('\n');
      return { id, name, detail: rest.join(' ') };
    }),
  );
  protected readonly isKnown = computed(() => this.store.has(this.text()));

  protected use(id: string): void {
    const prompt = this.store.prompts().find((known) => known.id === id);
    if (!prompt) return;
    this.take.emit(prompt.text);
    this.isOpen.set(false);
  }
}
