import { Component, input, output } from '@angular/core';
import { Button, Icon } from '@tandem/web/design';

/** In place of the page while the list of models cannot be had. */
@Component({
  selector: 'tandem-unreachable',
  imports: [Button, Icon],
  template: `
    <tandem-icon name="alert" />
    <h2>No models to show</h2>
    <p>{{ reason() }}</p>
    <button tandemButton look="solid" (click)="retry.emit()"><tandem-icon name="retry" />Retry</button>
  `,
  styleUrl: './unreachable.css',
  host: { role: 'alert' },
})
export class Unreachable {
  readonly reason = input.required<string>();
  readonly retry = output();
}
