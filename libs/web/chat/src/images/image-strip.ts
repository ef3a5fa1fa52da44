import { Component, input, output } from '@angular/core';
import { Button, Icon } from '@tandem/web/design';
import { type KeptImage } from '../archive/records';

/** Images in small, in a row; where they are still to be sent, each can be taken out. */
@Component({
  selector: 'tandem-image-strip',
  imports: [Button, Icon],
  template: `
    <ul [attr.aria-label]="label()">
      @for (image of images(); track $index) {
        <li>
          <img [src]="image.url" [alt]="image.name" [title]="titleOf(image)" />
          @if (canRemove()) {
            <button tandemButton [isSquare]="true" [attr.aria-label]="'Take out ' + image.name" title="Take out" (click)="remove.emit(image)">
              <tandem-icon name="close" />
            </button>
          }
        </li>
      }
    </ul>
  `,
  styleUrl: './image-strip.css',
})
export class ImageStrip {
  readonly images = input.required<readonly KeptImage[]>();
  readonly label = input('Images');
  readonly canRemove = input(false);
  readonly remove = output<KeptImage>();

  protected titleOf({ name, width, height, isSmaller }: KeptImage): string {
    return `${name}, ${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels${isSmaller ? ', made smaller' : ''}`;
  }
}
