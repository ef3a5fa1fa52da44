import { Component, computed, inject, input, signal } from '@angular/core';
import type { HealthReport, ModelCard } from '@tandem/shared/contracts';
import { HealthStore } from '@tandem/web/data-access';
import { Button, Icon, StatusMark } from '@tandem/web/design';
import { Clock } from './clock';
import { notesOf } from './health-notes';

/** What is wrong with the chosen model, since when and what to do, kept up to date; nothing while all is well. */
@Component({
  selector: 'tandem-health-notice',
  imports: [Button, Icon, StatusMark],
  template: `
    @for (note of notes(); track note.name) {
      <div class="note" [class]="note.mark">
        <tandem-status-mark [kind]="note.mark" />
        <p>
          <strong>{{ note.title }}.</strong> {{ note.text }}
        </p>
        @if (note.canCheck) {
          <button tandemButton look="outlined" [attr.aria-label]="'Check now: ' + card().title" (click)="check()">
            <tandem-icon name="retry" /><span>{{ isChecking() ? 'Checking' : 'Check now' }}</span>
          </button>
        }
      </div>
    }
    <p class="unseen" role="status">{{ spoken() }}</p>
  `,
  styleUrl: './health-notice.css',
})
export class HealthNotice {
  readonly card = input.required<ModelCard>();
  readonly report = input<HealthReport>();
  /** Whether what is wrong is that no GGUF can be made of it. */
  readonly isUnconvertible = input(false);

  private readonly health = inject(HealthStore);
  private readonly clock = inject(Clock);
  protected readonly isChecking = signal(false);
  protected readonly notes = computed(() => notesOf(this.card(), this.report(), this.clock.nowMs(), this.isUnconvertible()));
  /** Without how long it has been so: only what changes is worth saying aloud. */
  protected readonly spoken = computed(() => {
    const names = this.notes().map(({ name }) => name);
    return names.length === 0 ? '' : `${this.card().title}: ${names.join(', ')}`;
  });

  protected async check(): Promise<void> {
    this.isChecking.set(true);
    await this.health.check(this.card().id);
    this.isChecking.set(false);
  }
}
