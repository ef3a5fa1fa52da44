import { Component, computed, inject } from '@angular/core';
import { ParityPanel } from '@tandem/web/scores';
import { CompareStore } from '../compare-store';
import { nameOfSide } from '../side/sides';
import { historyDifferences, parityRequest } from './parity-request';

/** What could not be made equal of the next prompt, for the pair of the page. */
@Component({
  selector: 'tandem-pair-parity',
  imports: [ParityPanel],
  template: `
    @if (request(); as request) {
      <tandem-parity-panel [request]="request" [names]="names" [besides]="besides()" />
    } @else {
      <p>Write a prompt: what both models would read is then compared here.</p>
    }
  `,
  styles: `
    p {
      color: var(--text-muted);
      font: 400 13px/20px var(--sans);
    }
  `,
})
export class PairParity {
  private readonly store = inject(CompareStore);

  protected readonly names = { baseline: nameOfSide('baseline'), derivative: nameOfSide('derivative') };
  protected readonly request = computed(() =>
    parityRequest(
      this.store.panes.map((pane) => pane.modelId()),
      this.store.turns(),
      this.store.draft(),
      this.store.settings.of('baseline'),
    ),
  );
  protected readonly besides = computed(() => historyDifferences(this.store.turns(), this.store.draft()));
}
