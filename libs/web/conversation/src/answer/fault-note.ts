import { Component, input, output } from '@angular/core';
import { type RunFault } from '@tandem/web/data-access';
import { Button, Icon } from '@tandem/web/design';

/** Why an answer failed, what to do, and the way to ask again. */
@Component({
  selector: 'tandem-fault-note',
  imports: [Button, Icon],
  template: `
    <tandem-icon name="alert" />
    <div>
      <p class="what">Failed</p>
      <p>{{ fault().message }}</p>
      <p class="code">{{ fault().code }}</p>
      @if (canRetry()) {
        <button tandemButton look="outlined" (click)="retry.emit()"><tandem-icon name="retry" />Retry</button>
      }
    </div>
  `,
  styleUrl: './fault-note.css',
})
export class FaultNote {
  readonly fault = input.required<RunFault>();
  readonly canRetry = input(false);
  readonly retry = output();
}
