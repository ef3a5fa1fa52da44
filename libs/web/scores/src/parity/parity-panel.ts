import { Component, computed, effect, input, signal } from '@angular/core';
import { type OfBoth, PAIR_SIDES, type Parity, type ParityBody, type ParityRequest } from '@tandem/shared/contracts';
import { fetchJson, RunFailure, type RunFault, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { Disclosure, Icon } from '@tandem/web/design';
import { FaultNote } from '@tandem/web/run';
import { sayDifferences, sayMethod } from './say-parity';

type PanelState = { readonly kind: 'asking' } | { readonly kind: 'told'; readonly parity: Parity } | { readonly kind: 'failed'; readonly fault: RunFault };

/** What both models of a pair would read and be asked with, and what of it could not be made equal. */
@Component({
  selector: 'tandem-parity-panel',
  imports: [Disclosure, FaultNote, Icon],
  templateUrl: './parity-panel.html',
  styleUrl: './parity-panel.css',
})
export class ParityPanel {
  readonly request = input.required<ParityRequest>();
  readonly names = input.required<OfBoth<string>>();
  /** What differs for another reason than the models, each in a sentence. */
  readonly besides = input<readonly string[]>([]);

  private readonly state = signal<PanelState>({ kind: 'asking' });
  private readonly tries = signal(0);
  protected readonly isAsking = computed(() => this.state().kind === 'asking');
  protected readonly fault = computed(() => {
    const state = this.state();
    return state.kind === 'failed' ? state.fault : undefined;
  });
  private readonly parity = computed(() => {
    const state = this.state();
    return state.kind === 'told' ? state.parity : undefined;
  });
  protected readonly isTold = computed(() => this.parity() !== undefined);
  protected readonly differences = computed(() => {
    const parity = this.parity();
    return parity ? [...this.besides(), ...sayDifferences(parity, this.names())] : [];
  });
  protected readonly prompts = computed(() => {
    const parity = this.parity();
    if (!parity) return [];
    return PAIR_SIDES.map((side) => {
      const { prompt, tokens, method } = parity[side];
      const count = tokens ? `${tokens.length.toLocaleString('en')} tokens, ` : '';
      return { side, name: this.names()[side], prompt, how: `${count}${sayMethod(method)}` };
    });
  });

  constructor() {
    effect((onCleanup) => {
      this.tries();
      // what was told of another request is not this one's
      this.state.set({ kind: 'asking' });
      let isWanted = true;
      onCleanup(() => (isWanted = false));
      const tell = (state: PanelState): void => {
        if (isWanted) this.state.set(state);
      };
      fetchJson<ParityBody>('api/parity', 'POST', this.request()).then(
        ({ parity }) => tell({ kind: 'told', parity }),
        (failure: unknown) => tell({ kind: 'failed', fault: failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER }),
      );
    });
  }

  protected retry(): void {
    this.tries.update((count) => count + 1);
  }
}
