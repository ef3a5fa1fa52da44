import { Component, input, output } from '@angular/core';
import { Icon } from '@tandem/web/design';

/** What one sees before the first prompt: a sentence, prompts to begin with and, as its content, a hint. */
@Component({
  selector: 'tandem-start',
  imports: [Icon],
  templateUrl: './start.html',
  styleUrl: './start.css',
})
export class Start {
  readonly lead = input.required<string>();
  readonly prompts = input.required<readonly string[]>();
  readonly ask = output<string>();
}
