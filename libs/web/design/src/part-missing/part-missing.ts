import { Component, input } from '@angular/core';
import { Button } from '../button/button';

/** Stands in place of a part of the page that could not be fetched: the server was away, or is another version by now. */
@Component({
  selector: 'tandem-part-missing',
  imports: [Button],
  template: `
    <p role="alert">This part of the page could not be fetched from the server.</p>
    <button tandemButton look="outlined" (click)="reload()">Reload the page</button>
  `,
  styleUrl: './part-missing.css',
  host: { '[class.afloat]': 'isAfloat()' },
})
export class PartMissing {
  /** Whether it has no place of its own in the page. */
  readonly isAfloat = input(false);

  protected reload(): void {
    location.reload();
  }
}
