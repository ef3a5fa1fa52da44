import { Component, computed, ElementRef, input, signal, viewChild } from '@angular/core';
import { type Divergence } from '@tandem/shared/contracts';
import { Button, copyText, Icon } from '@tandem/web/design';
import { ALTERNATIVES, type ScoringTask } from '../scoring/scoring-task';
import { type SidesInView } from './answer-to-score';
import { measuringFacts } from './how-measured-facts';
import { sayChecksums, sayRequest } from './say-request';

const EDGE_PX = 8;

let count = 0;

/** How the figures were had, and the request that gives them again. */
@Component({
  selector: 'tandem-how-measured',
  imports: [Button, Icon],
  templateUrl: './how-measured.html',
  styleUrl: './how-measured.css',
})
export class HowMeasured {
  readonly scored = input.required<readonly { readonly task: ScoringTask; readonly divergence: Divergence }[]>();
  readonly sides = input.required<SidesInView>();

  protected readonly id = `how-measured-${++count}`;
  protected readonly isCopied = signal(false);
  protected readonly facts = computed(() =>
    measuringFacts(
      this.scored().map(({ divergence }) => divergence),
      this.sides(),
    ),
  );
  private readonly button = viewChild.required<unknown, ElementRef<HTMLElement>>('button', { read: ElementRef });
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');

  protected place(): void {
    const panel = this.panel().nativeElement;
    const from = this.button().nativeElement.getBoundingClientRect();
    const below = from.bottom + 4;
    panel.style.top = `${Math.max(EDGE_PX, Math.min(below, innerHeight - panel.offsetHeight - EDGE_PX))}px`;
    panel.style.left = `${Math.max(EDGE_PX, Math.min(from.left, innerWidth - panel.offsetWidth - EDGE_PX))}px`;
  }

  protected async copy(): Promise<void> {
    const requests = this.scored().map(({ task }) => sayRequest(task, new URL('api/divergences', document.baseURI).href, ALTERNATIVES));
    this.isCopied.set(await copyText([...requests, sayChecksums(Object.values(this.sides()))].filter(Boolean).join('\n')));
    setTimeout(() => this.isCopied.set(false), 1_500);
  }
}
