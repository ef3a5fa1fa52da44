import { Component, input, output } from '@angular/core';
import { Icon } from '@tandem/web/design';
import { type SamplePrompt } from './sample-prompt';

/** What one sees before the first prompt: a sentence, prompts to begin with, a hint, and what else the page has to offer. */
@Component({
  selector: 'tandem-start',
  imports: [Icon],
  templateUrl: './start.html',
  styleUrl: './start.css',
})
export class Start {
  readonly lead = input.required<string>();
  readonly prompts = input.required<readonly SamplePrompt[]>();
  /** In lines; empty for none. */
  readonly hint = input('');
  readonly ask = output<string>();
}
