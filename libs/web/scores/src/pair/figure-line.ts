import { Component, input, output } from '@angular/core';
import { type PairSide } from '@tandem/shared/contracts';
import { type PairFigure } from './pair-figures';

/** How one of two answers differs from the other, in one line. */
@Component({
  selector: 'tandem-figure-line',
  template: `
    @if (figures().length > 0) {
      <p class="figures">
        <span class="side-name" [class]="side()">{{ name() }}</span>
        @for (figure of figures(); track figure.name) {
          <span class="figure" [title]="figure.title">
            @if (figure.isPlace && hasPlace()) {
              <button type="button" class="place" (click)="seek.emit()">{{ figure.words }}</button>
            } @else {
              {{ figure.words }}
            }
          </span>
        }
      </p>
    }
  `,
  styleUrl: './figure-line.css',
})
export class FigureLine {
  readonly figures = input.required<readonly PairFigure[]>();
  /** Whose answer it is that differs, and what that side is called. */
  readonly side = input.required<PairSide>();
  readonly name = input.required<string>();
  /** Whether the place where the two part can be shown. */
  readonly hasPlace = input(false);
  /** It is to be shown. */
  readonly seek = output();
}
