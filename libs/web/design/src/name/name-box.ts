import { afterNextRender, Component, type ElementRef, input, output, viewChild } from '@angular/core';

/** Where a thing gets another name: has the focus at once, and is over with Enter, Escape or when the focus goes. */
@Component({
  selector: 'tandem-name-box',
  template: `
    <input #box type="text" maxlength="120" [attr.aria-label]="label()" [value]="name()" (keydown)="onKey($event, box.value)" (blur)="end(box.value)" />
  `,
  styleUrl: './name-box.css',
})
export class NameBox {
  readonly label = input.required<string>();
  readonly name = input.required<string>();
  /** The new name, or nothing where it stays. Told once. */
  readonly named = output<string | undefined>();

  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private isOver = false;

  constructor() {
    afterNextRender(() => {
      const { nativeElement: box } = this.box();
      box.focus();
      box.select();
    });
  }

  protected onKey(event: KeyboardEvent, text: string): void {
    if (event.isComposing || !['Enter', 'Escape'].includes(event.key)) return;
    // neither sends a form nor closes the dialog around it
    event.preventDefault();
    event.stopPropagation();
    this.end(event.key === 'Enter' ? text : undefined);
  }

  /** Also when the focus goes elsewhere: what was written is meant. */
  protected end(text: string | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    const name = text?.trim();
    this.named.emit(name === '' || name === this.name() ? undefined : name);
  }
}
