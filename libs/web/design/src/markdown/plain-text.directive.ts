import { Directive, effect, ElementRef, inject, input } from '@angular/core';
import { PlainText } from './plain-text';

/** Shows a text as it is, however long it is, in an element that keeps white space. What grows is only added to. */
@Directive({ selector: '[tandemPlainText]' })
export class PlainTextDirective {
  readonly tandemPlainText = input.required<string>();

  private plain: PlainText | undefined;
  private shown = '';

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    effect(() => {
      const text = this.tandemPlainText();
      if (!this.plain || !text.startsWith(this.shown)) this.plain = new PlainText(host);
      this.plain.show(text);
      this.shown = text;
    });
  }
}
