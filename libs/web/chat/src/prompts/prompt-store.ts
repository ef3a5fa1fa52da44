import { inject, Service } from '@angular/core';
import { newId } from '@tandem/web/run';
import { titleFrom } from '../conversation/new-records';
import { fold } from '@tandem/web/history/records';
import { Undo } from '@tandem/web/design';
import { KeptList } from '../library/kept-list';

/** A text that a person asks again and again. */
export interface Prompt {
  readonly id: string;
  readonly text: string;
}

/** The saved prompts of this browser. */
@Service()
export class PromptStore {
  private readonly undo = inject(Undo);
  private readonly list = new KeptList<Prompt>('tandem.chat.prompts', isPrompt);

  readonly prompts = this.list.items;
  readonly isKept = this.list.isKept;

  has(text: string): boolean {
    return this.prompts().some((prompt) => prompt.text === text.trim());
  }

  /** Those in which the words stand, whatever their case and accents; all of them without words. */
  find(words: string): readonly Prompt[] {
    const wanted = fold(words.trim());
    return this.prompts().filter(({ text }) => fold(text).includes(wanted));
  }

  /** A text that is blank, or there already, is not saved again. */
  save(text: string): void {
    if (text.trim() !== '' && !this.has(text)) this.list.put({ id: newId(), text: text.trim() });
  }

  delete(id: string): void {
    const text = this.prompts().find((prompt) => prompt.id === id)?.text ?? '';
    const putBack = this.list.remove(id);
    this.undo.give({ words: `Prompt “${titleFrom(text)}” deleted`, undo: async () => putBack() });
  }
}

function isPrompt(value: unknown): value is Prompt {
  const prompt = value as Partial<Prompt> | null;
  return typeof prompt?.id === 'string' && typeof prompt.text === 'string' && prompt.text.trim() !== '';
}
