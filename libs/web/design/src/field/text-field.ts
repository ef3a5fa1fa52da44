import { Component, input, model } from '@angular/core';

let count = 0;

/** One line of text under its name, with a word on what it takes. */
@Component({
  selector: 'tandem-text-field',
  template: `
    <label class="entry-name" [attr.for]="id">{{ label() }}</label>
    <input
      #box
      class="entry"
      autocomplete="off"
      spellcheck="false"
      [id]="id"
      [type]="type()"
      [class.code]="isCode()"
      [value]="value()"
      [attr.aria-invalid]="isInvalid()"
      [attr.aria-describedby]="hint() ? id + '-hint' : null"
      (input)="value.set(box.value)"
    />
    @if (hint(); as hint) {
      <p [id]="id + '-hint'">{{ hint }}</p>
    }
  `,
  styleUrls: ['./field.css', './text-field.css'],
})
export class TextField {
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly type = input<'text' | 'password'>('text');
  /** Whether it holds what is typed elsewhere too: an address, a name in another program. */
  readonly isCode = input(false);
  readonly isInvalid = input(false);
  readonly value = model.required<string>();

  protected readonly id = `text-${++count}`;
}
