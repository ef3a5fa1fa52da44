import { Component, computed, effect, input, signal } from '@angular/core';
import { StatusMark } from '@tandem/web/design';
import { type AnswerState } from './answer-view';
import { sayState, sayWaiting } from './answer-words';

/** An answer's state as a mark and in words; while nothing comes, for how long. */
@Component({
  selector: 'tandem-answer-status',
  imports: [StatusMark],
  template: `<tandem-status-mark [kind]="said().mark" /><span>{{ said().words }}</span>`,
  styleUrl: './answer-status.css',
})
export class AnswerStatus {
  readonly state = input.required<AnswerState | undefined>();

  private readonly isWaiting = computed(() => ['queued', 'prompt'].includes(this.state()?.kind ?? ''));
  private readonly seconds = signal(0);
  protected readonly said = computed(() => (this.isWaiting() ? sayWaiting(this.state(), this.seconds()) : sayState(this.state())));

  constructor() {
    effect((onCleanup) => {
      if (!this.isWaiting()) return;
      const sinceMs = performance.now();
      this.seconds.set(0);
      const timer = setInterval(() => this.seconds.set(Math.floor((performance.now() - sinceMs) / 1000)), 1000);
      onCleanup(() => clearInterval(timer));
    });
  }
}
