import { Component, computed, input, output } from '@angular/core';
import { Button, Icon } from '@tandem/web/design';

/** Which of several branches is shown, and the way to the others. */
@Component({
  selector: 'tandem-branch-switch',
  imports: [Button, Icon],
  template: `
    <button tandemButton [isSquare]="true" aria-label="Previous version" [disabled]="at() === 0 || isDisabled()" (click)="go(-1)">
      <tandem-icon name="chevron-left" />
    </button>
    <span><span class="unseen">Version </span>{{ at() + 1 }}<span aria-hidden="true"> / </span><span class="unseen"> of </span>{{ branches().length }}</span>
    <button tandemButton [isSquare]="true" aria-label="Next version" [disabled]="at() === branches().length - 1 || isDisabled()" (click)="go(1)">
      <tandem-icon name="chevron-right" />
    </button>
  `,
  styleUrl: './branch-switch.css',
})
export class BranchSwitch {
  readonly branches = input.required<readonly string[]>();
  readonly shown = input.required<string>();
  readonly isDisabled = input(false);
  readonly show = output<string>();

  protected readonly at = computed(() => this.branches().indexOf(this.shown()));

  protected go(by: number): void {
    const id = this.branches()[this.at() + by];
    if (id !== undefined) this.show.emit(id);
  }
}
