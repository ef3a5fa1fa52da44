import { afterNextRender, Component, type ElementRef, input, viewChild } from '@angular/core';
import { UndoNote } from '@tandem/web/design';
import { type HistoryPlace } from './history-place';

/** What a history stands in: at the left of its page, or over it from the left where the page is narrow. */
@Component({
  selector: 'tandem-history-drawer',
  imports: [UndoNote],
  template: `
    <aside
      #drawer
      tabindex="-1"
      [id]="drawerId()"
      [attr.aria-label]="label()"
      [attr.popover]="place().isNarrow() ? 'auto' : null"
      [class.hidden]="place().isPutAway()"
      (toggle)="opened($event)"
    >
      <ng-content />
      @if (place().isNarrow() && !place().isAway()) {
        <tandem-undo-note />
      }
    </aside>
  `,
  styleUrl: './history-drawer.css',
  host: { '[class.over]': 'place().isNarrow()' },
})
export class HistoryDrawer {
  readonly place = input.required<HistoryPlace>();
  readonly label = input.required<string>();
  /** For the button that opens it. */
  readonly drawerId = input.required<string>();

  private readonly drawer = viewChild.required<ElementRef<HTMLElement>>('drawer');

  constructor() {
    afterNextRender(() => this.place().attach(this.drawer().nativeElement));
  }

  /** Who opens it over the page is in it. */
  protected opened(event: Event): void {
    this.place().follow(event);
    const { nativeElement: drawer } = this.drawer();
    if (event.target === drawer && !this.place().isAway()) drawer.focus();
  }
}
