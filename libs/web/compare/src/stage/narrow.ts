import { signal, type Signal } from '@angular/core';

/** Whether the page is as narrow as a phone: what has a button of its own elsewhere shares one. */
export const isPhone: Signal<boolean> = follow('(width < 560px)');

function follow(query: string): Signal<boolean> {
  const media = matchMedia(query);
  const isSo = signal(media.matches);
  media.addEventListener('change', ({ matches }) => isSo.set(matches));
  return isSo.asReadonly();
}
