import { Component, computed, effect, ElementRef, inject, input, output, signal, untracked } from '@angular/core';
import { type PairSide } from '@tandem/shared/contracts';
import { type TextPiece } from './pieces';
import { stepOf, TELLING_STEP } from './steps';
import { TokenRun } from './token-run';

/** A piece that is looked at, and where it stands on the page. */
export interface LookedAt {
  readonly at: number;
  readonly piece: TextPiece;
  readonly element: HTMLElement;
}

/** How many pieces are drawn at once: the page does not stop for a long answer. */
const RUN = 250;

/** An answer piece by piece, shaded. One tab stop: arrow keys go from piece to piece, up and down to those that surprise. */
@Component({
  selector: 'tandem-token-text',
  imports: [TokenRun],
  template: `@for (run of drawn(); track run.from) {
    <tandem-token-run [pieces]="run.pieces" [from]="run.from" [under]="under()" />
  }`,
  styleUrl: './token-text.css',
  host: {
    role: 'listbox',
    'aria-orientation': 'horizontal',
    '[attr.aria-label]': 'label()',
    '(keydown)': 'onKey($event)',
    '(focusin)': 'lookAt($event)',
    '(focusout)': 'leave.emit()',
    '(pointerover)': 'lookAt($event)',
    '(pointerleave)': 'leave.emit()',
  },
})
export class TokenText {
  readonly pieces = input.required<readonly TextPiece[]>();
  readonly under = input.required<PairSide>();
  readonly label = input.required<string>();
  readonly look = output<LookedAt>();
  readonly leave = output();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly count = signal(RUN);
  private readonly runs = computed(() => {
    const pieces = this.pieces();
    return Array.from({ length: Math.ceil(pieces.length / RUN) }, (_, n) => ({ from: n * RUN, pieces: pieces.slice(n * RUN, (n + 1) * RUN) }));
  });
  protected readonly drawn = computed(() => this.runs().slice(0, Math.ceil(this.count() / RUN)));

  constructor() {
    effect((onCleanup) => {
      if (this.count() >= this.pieces().length) return;
      const frame = requestAnimationFrame(() => this.count.update((count) => count + RUN));
      onCleanup(() => cancelAnimationFrame(frame));
    });
  }

  protected lookAt({ target }: Event): void {
    const element = target instanceof HTMLElement ? target : null;
    const at = Number(element?.dataset['at'] ?? Number.NaN);
    const piece = this.pieces()[at];
    if (element && piece) this.look.emit({ at, piece, element });
  }

  protected onKey(event: KeyboardEvent): void {
    const at = Number((event.target as HTMLElement).dataset['at']);
    const to = this.placeFrom(at, event.key);
    if (to === undefined) return;
    event.preventDefault();
    this.focus(at, to);
  }

  private placeFrom(at: number, key: string): number | undefined {
    const last = this.pieces().length - 1;
    switch (key) {
      case 'ArrowRight':
        return Math.min(at + 1, last);
      case 'ArrowLeft':
        return Math.max(at - 1, 0);
      case 'ArrowDown':
        return this.tellingAt(at, 1) ?? at;
      case 'ArrowUp':
        return this.tellingAt(at, -1) ?? at;
      case 'Home':
        return 0;
      case 'End':
        return last;
      default:
        return undefined;
    }
  }

  /** The next place in a direction that surprises; undefined where none does. */
  private tellingAt(at: number, step: 1 | -1): number | undefined {
    const [pieces, under] = untracked(() => [this.pieces(), this.under()] as const);
    for (let next = at + step; next >= 0 && next < pieces.length; next += step) {
      if (stepOf(pieces[next]?.bits[under] ?? null) >= TELLING_STEP) return next;
    }
    return undefined;
  }

  private focus(from: number, to: number): void {
    const next = this.elementAt(to);
    if (!next) return;
    this.elementAt(from)?.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  }

  private elementAt(at: number): HTMLElement | null {
    return this.host.nativeElement.querySelector<HTMLElement>(`[data-at="${at}"]`);
  }
}
