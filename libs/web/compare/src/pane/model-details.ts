import { Component, ElementRef, input, viewChild } from '@angular/core';
import { Button, Icon, placeBeside } from '@tandem/web/design';
import { type ModelFact } from './model-facts';

let count = 0;

/** A button that tells more of a model: where it runs, how much fits into it, what it costs. */
@Component({
  selector: 'tandem-model-details',
  imports: [Button, Icon],
  template: `
    <button #button tandemButton type="button" [isSquare]="true" [attr.aria-label]="'About ' + title()" [attr.popovertarget]="id">
      <tandem-icon name="info" />
    </button>
    <div #panel class="floating" popover role="dialog" [attr.aria-label]="title()" [id]="id" (toggle)="place()" (keydown.escape)="$event.stopPropagation()">
      <dl>
        @for (fact of facts(); track fact.name) {
          <dt>{{ fact.name }}</dt>
          <dd>{{ fact.words }}</dd>
        }
      </dl>
    </div>
  `,
  styleUrl: './model-details.css',
})
export class ModelDetails {
  readonly title = input.required<string>();
  readonly facts = input.required<readonly ModelFact[]>();

  protected readonly id = `model-details-${++count}`;
  private readonly button = viewChild.required<unknown, ElementRef<HTMLElement>>('button', { read: ElementRef });
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');

  protected place(): void {
    placeBeside(this.panel().nativeElement, this.button().nativeElement);
  }
}
