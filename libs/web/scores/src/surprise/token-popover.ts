import { afterNextRender, Component, DestroyRef, type ElementRef, inject, Injector, input, signal, viewChild } from '@angular/core';
import { type OfBoth } from '@tandem/shared/contracts';
import { placeBeside } from '@tandem/web/design';
import { type PieceReading } from './piece-reading';

const GAP_PX = 6;

let count = 0;

/** What both models found of the piece that is looked at, beside it. Stays while the pointer is on it; Escape closes it. */
@Component({
  selector: 'tandem-token-popover',
  templateUrl: './token-popover.html',
  styleUrl: './token-popover.css',
})
export class TokenPopover {
  readonly names = input.required<OfBoth<string>>();

  readonly id = `token-popover-${++count}`;
  protected readonly reading = signal<PieceReading | undefined>(undefined);
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');
  private readonly injector = inject(Injector);
  private anchor: HTMLElement | undefined;
  private closing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.hide());
  }

  show(anchor: HTMLElement, reading: PieceReading): void {
    this.stay();
    this.anchor?.removeAttribute('aria-describedby');
    this.anchor = anchor;
    anchor.setAttribute('aria-describedby', this.id);
    this.reading.set(reading);
    this.panel().nativeElement.showPopover();
    // what scrolls is not known here, and Escape must not reach the page, which stops its answers by it
    document.addEventListener('scroll', this.place, { capture: true, passive: true });
    document.addEventListener('keydown', this.onKey, { capture: true });
    afterNextRender(() => this.place(), { injector: this.injector });
  }

  /** Unless the pointer comes onto it. */
  hideSoon(): void {
    this.stay();
    this.closing = setTimeout(() => this.hide(), 160);
  }

  protected stay(): void {
    clearTimeout(this.closing);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.hide();
  };

  private readonly place = (): void => {
    if (this.anchor) placeBeside(this.panel().nativeElement, this.anchor, GAP_PX);
  };

  private hide(): void {
    this.stay();
    document.removeEventListener('scroll', this.place, { capture: true });
    document.removeEventListener('keydown', this.onKey, { capture: true });
    this.anchor?.removeAttribute('aria-describedby');
    if (this.anchor) this.panel().nativeElement.hidePopover();
    this.anchor = undefined;
  }
}
