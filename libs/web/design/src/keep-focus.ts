import { afterNextRender, type Injector } from '@angular/core';

/** Once the page shows what has changed: puts the focus where it is wanted, if what had it is gone. Nobody is sent back to the beginning of the page. */
export function keepFocus(injector: Injector, place: () => HTMLElement | null | undefined): void {
  afterNextRender({ write: () => isLost() && place()?.focus() }, { injector });
}

function isLost(): boolean {
  const { activeElement: active } = document;
  return active === null || active === document.body;
}
