import { Component, input, output } from '@angular/core';
import { Button, Icon } from '@tandem/web/design';

/** In place of the page while Tandem's own server does not answer. */
@Component({
  selector: 'tandem-unreachable',
  imports: [Button, Icon],
  template: `
    <tandem-icon name="alert" />
    <h2>The Tandem server does not answer</h2>
    <p>{{ reason() }} Check that it is running (npm start), then try again.</p>
    <button tandemButton look="solid" (click)="retry.emit()"><tandem-icon name="retry" />Retry</button>
  `,
  styleUrl: './unreachable.css',
  host: { role: 'alert' },
})
export class Unreachable {
  readonly reason = input('');
  readonly retry = output();
}
