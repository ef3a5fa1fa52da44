import { Component, input } from '@angular/core';
import { type PairSide } from '@tandem/shared/contracts';
import { type TextPiece } from './pieces';
import { stepOf } from './steps';

/** Some of an answer's pieces, each shaded. Apart from the others, so that only those are looked at again that change. */
@Component({
  selector: 'tandem-token-run',
  template: `@for (piece of pieces(); track $index) {
    <span
      role="option"
      aria-selected="false"
      [class]="'step-' + step(piece)"
      [class.break]="isBreak(piece)"
      [attr.aria-label]="blank(piece)"
      [attr.data-at]="from() + $index"
      [attr.tabindex]="from() + $index === 0 ? 0 : -1"
      >{{ piece.text }}</span
    >
  }`,
  styleUrls: ['./steps.css', './token-run.css'],
})
export class TokenRun {
  readonly pieces = input.required<readonly TextPiece[]>();
  /** How many stand before them. */
  readonly from = input.required<number>();
  /** Under which model a piece surprises. */
  readonly under = input.required<PairSide>();

  protected step({ bits }: TextPiece): number {
    return stepOf(bits[this.under()]);
  }

  protected isBreak({ text }: TextPiece): boolean {
    return text.includes('\n') && text.trim() === '';
  }

  /** What is read out of a piece that has no sign of its own. */
  protected blank({ text }: TextPiece): string | null {
    if (text.trim() !== '') return null;
    return text.includes('\n') ? 'line break' : 'space';
  }
}
