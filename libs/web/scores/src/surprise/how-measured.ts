import { Component, computed, ElementRef, input, signal, viewChild } from '@angular/core';
import { type ChecksumsBody, type Divergence } from '@tandem/shared/contracts';
import { fetchJson } from '@tandem/web/data-access';
import { Button, copyText, Icon, placeBeside } from '@tandem/web/design';
import { ALTERNATIVES, type ScoringTask } from '../scoring/scoring-task';
import { type SidesInView } from './answer-to-score';
import { type KnownChecksums, measuringFacts } from './how-measured-facts';
import { sayChecksums, sayRequest } from './say-request';

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
      this.checksums(),
    ),
  );
  private readonly checksums = signal<KnownChecksums>(new Map());
  private readonly button = viewChild.required<unknown, ElementRef<HTMLElement>>('button', { read: ElementRef });
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');

  /** Places what opens, and asks for the checksums of local weights: they are read for that, so not before. */
  protected opened(): void {
    placeBeside(this.panel().nativeElement, this.button().nativeElement);
    for (const { option } of Object.values(this.sides())) if (option?.checkpoint && !this.checksums().has(option.card.id)) void this.read(option.card.id);
  }

  /** Where they cannot be had, the line goes without them: the command to make them is among what can be copied. */
  private async read(model: string): Promise<void> {
    const body = await fetchJson<ChecksumsBody>(`api/models/${encodeURIComponent(model)}/checksums`).catch(() => undefined);
    if (body) this.checksums.update((known) => new Map(known).set(model, body.checksums));
  }

  protected async copy(): Promise<void> {
    const requests = this.scored().map(({ task }) => sayRequest(task, new URL('api/divergences', document.baseURI).href, ALTERNATIVES));
    this.isCopied.set(await copyText([...requests, sayChecksums(Object.values(this.sides()))].filter(Boolean).join('\n')));
    setTimeout(() => this.isCopied.set(false), 1_500);
  }
}
