import { Component, input } from '@angular/core';

/** What a mark says, each with a shape and a colour of its own. The word stands beside it. */
export type MarkKind = 'good' | 'uneasy' | 'bad' | 'busy' | 'done' | 'stopped' | 'unknown' | 'rest';

@Component({
  selector: 'tandem-status-mark',
  templateUrl: './status-mark.html',
  styleUrl: './status-mark.css',
  host: { '[class]': 'kind()', 'aria-hidden': 'true' },
})
export class StatusMark {
  readonly kind = input.required<MarkKind>();
}
