import { DestroyRef, Directive, ElementRef, inject, output } from '@angular/core';

/** Tells how tall its element is, borders included, and whenever that changes; 0 while it is not shown. */
@Directive({ selector: '[tandemHeight]' })
export class HeightDirective {
  readonly tandemHeight = output<number>();

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const sizes = new ResizeObserver(() => this.tandemHeight.emit(element.offsetHeight));
    sizes.observe(element);
    inject(DestroyRef).onDestroy(() => sizes.disconnect());
  }
}
