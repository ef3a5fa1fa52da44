import { Component, computed, input, output } from '@angular/core';
import { type RunFault } from '@tandem/web/data-access';
import { Button, Icon } from '@tandem/web/design';
import { isModelsOwn, nameFault } from './fault-words';

/** Why an answer failed, what to do, and the ways to do it. */
@Component({
  selector: 'tandem-fault-note',
  imports: [Button, Icon],
  template: `
    <tandem-icon name="alert" />
    <div>
      <p class="what">{{ title() }}</p>
      <p>{{ fault().message }}</p>
      <p class="code">{{ fault().code }}</p>
      @if (canRetry()) {
        <div class="steps">
          <button tandemButton look="outlined" (click)="retry.emit()"><tandem-icon name="retry" />Retry</button>
          @if (canSwitch() && wantsAnother()) {
            <button tandemButton look="outlined" (click)="switch.emit()">Choose another model</button>
          }
        </div>
      }
    </div>
  `,
  styleUrl: './fault-note.css',
})
export class FaultNote {
  readonly fault = input.required<RunFault>();
  readonly canRetry = input(false);
  /** Whether another model can be chosen where this is shown. */
  readonly canSwitch = input(false);
  readonly retry = output();
  readonly switch = output();

  protected readonly title = computed(() => nameFault(this.fault()));
  protected readonly wantsAnother = computed(() => isModelsOwn(this.fault()));
}
