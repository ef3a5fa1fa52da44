import { effect, Service } from '@angular/core';
import { StoredChoice } from './stored-choice';
import { markTextSize, TEXT_SIZE_KEY, TEXT_SIZES, type TextSize } from './text-size';

/** Which keys send a prompt: Enter alone, with Shift+Enter for a new line, or Ctrl+Enter (⌘ on a Mac), with Enter for one. */
export type SendsOn = 'enter' | 'control-enter';

/** `page`: each page's own, Enter in a chat and Ctrl+Enter in a comparison. */
export const SEND_CHOICES = ['page', 'enter', 'control-enter'] as const;
export type SendChoice = (typeof SEND_CHOICES)[number];

/** What a person set for every page, kept in this browser; the theme has an owner of its own. */
@Service()
export class Settings {
  private readonly sending = new StoredChoice<SendChoice>('tandem.sends-on', SEND_CHOICES, 'page');
  private readonly size = new StoredChoice<TextSize>(TEXT_SIZE_KEY, TEXT_SIZES, 'normal');

  readonly sendChoice = this.sending.value;
  readonly textSize = this.size.value;

  constructor() {
    effect(() => markTextSize(this.textSize()));
  }

  /** The keys that send on a page whose own are `own`. Reads a signal: a template or `computed` follows it. */
  sendsOn(own: SendsOn): SendsOn {
    const choice = this.sendChoice();
    return choice === 'page' ? own : choice;
  }

  chooseSending(choice: SendChoice): void {
    this.sending.choose(choice);
  }

  chooseTextSize(size: TextSize): void {
    this.size.choose(size);
  }
}
