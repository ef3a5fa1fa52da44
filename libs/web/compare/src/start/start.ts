import { Component, input, output } from '@angular/core';
import { Icon } from '@tandem/web/design';

/** Prompts that the demo pair can really answer. */
export const SAMPLE_PROMPTS = ['What is Tandem?', 'Tell me a joke', 'Write a short poem about the sea', 'How do I add a model?'];

/** What one sees before the first prompt. */
@Component({
  selector: 'tandem-start',
  imports: [Icon],
  templateUrl: './start.html',
  styleUrl: './start.css',
})
export class Start {
  /** Whether the models that came with Tandem are the ones in use. */
  readonly isDemo = input(false);
  readonly ask = output<string>();

  protected readonly prompts = SAMPLE_PROMPTS;
}
