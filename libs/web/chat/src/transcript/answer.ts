import { Component, computed, input, output, signal } from '@angular/core';
import { AnswerStatus, FaultNote, isOngoing, isPlainEnd, progressOf, Readouts, sayEmptiness, textWithCalls, Thinking, ToolCalls } from '@tandem/web/run';
import { Button, copyText, Icon, ProgressBar } from '@tandem/web/design';
import { Markdown } from '@tandem/web/design/markdown';
import { type AnswerRecord } from '../archive/records';
import { type Conversation } from '../conversation/conversation';
import { BranchSwitch } from './branch-switch';

/** What a model wrote, under its name, and how it came to an end. */
@Component({
  selector: 'tandem-answer',
  imports: [AnswerStatus, BranchSwitch, Button, FaultNote, Icon, Markdown, ProgressBar, Readouts, Thinking, ToolCalls],
  templateUrl: './answer.html',
  styleUrls: ['./message-actions.css', './answer.css'],
})
export class Answer {
  readonly conversation = input.required<Conversation>();
  readonly message = input.required<AnswerRecord>();
  readonly branches = input.required<readonly string[]>();
  readonly isLast = input(false);
  readonly canAsk = input(false);
  readonly canSwitch = input(true);
  /** Whether the model that made it is still there. */
  readonly hasModel = input(false);
  readonly regenerate = output();
  readonly goOn = output();
  readonly show = output<string>();

  protected readonly view = computed(() => this.conversation().view(this.message()));
  protected readonly emptiness = computed(() => sayEmptiness(this.view()));
  protected readonly isOngoing = computed(() => isOngoing(this.view().state));
  protected readonly fault = computed(() => {
    const { state } = this.view();
    return state.kind === 'failed' ? state.fault : undefined;
  });
  protected readonly progress = computed(() => progressOf(this.view().state));
  /** Whether there is more to come: it was cut, by its length or on its way. */
  protected readonly canGoOn = computed(() => {
    const { state, text } = this.view();
    const isCut = (state.kind === 'done' && state.reason === 'length') || ['stopped', 'interrupted', 'failed'].includes(state.kind);
    return this.isLast() && this.hasModel() && isCut && text !== '';
  });
  /** Whether its state is worth a word when it is not the last one. */
  protected readonly isPlain = computed(() => isPlainEnd(this.view().state) || this.fault() !== undefined);
  protected readonly copied = computed(() => textWithCalls(this.view()));
  protected readonly isCopied = signal(false);

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(this.copied()));
    setTimeout(() => this.isCopied.set(false), 1_500);
  }
}
