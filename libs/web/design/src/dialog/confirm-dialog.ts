import { Component, input, model, output } from '@angular/core';
import { Button } from '../button/button';
import { Dialog } from './dialog';

/** Asks before something that cannot be undone. What is lost stands inside; the way back comes first. */
@Component({
  selector: 'tandem-confirm-dialog',
  imports: [Button, Dialog],
  template: `
    <tandem-dialog [heading]="question()" [(isOpen)]="isOpen">
      <p><ng-content /></p>
      <div>
        <button tandemButton look="outlined" (click)="isOpen.set(false)">{{ back() }}</button>
        <button tandemButton look="solid" (click)="confirm()">{{ act() }}</button>
      </div>
    </tandem-dialog>
  `,
  styleUrl: './confirm-dialog.css',
})
export class ConfirmDialog {
  readonly question = input.required<string>();
  readonly back = input('Keep it');
  readonly act = input.required<string>();
  readonly isOpen = model(false);
  readonly confirmed = output();

  protected confirm(): void {
    this.confirmed.emit();
    this.isOpen.set(false);
  }
}
