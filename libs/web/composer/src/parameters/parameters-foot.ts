import { Component, output } from '@angular/core';
import { Button } from '@tandem/web/design';

/** What a dialog of parameters ends with; it stays in view however long the dialog is. */
@Component({
  selector: 'tandem-parameters-foot',
  imports: [Button],
  template: `
    <button tandemButton (click)="toDefaults.emit()">Reset to defaults</button>
    <button tandemButton look="solid" (click)="done.emit()">Done</button>
  `,
  styleUrl: './parameters-foot.css',
})
export class ParametersFoot {
  readonly toDefaults = output<void>();
  readonly done = output<void>();
}
