import { DestroyRef, effect, inject, signal, type Signal, untracked } from '@angular/core';

/** How many answers ended while nobody saw the page; 0 as soon as somebody does. Lives as long as its injector. */
export function countUnseenEnds(running: Signal<ReadonlySet<string>>, page: Document = document): Signal<number> {
  const count = signal(0);
  let before: ReadonlySet<string> = new Set();
  effect(() => {
    const now = running();
    const ended = [...before].filter((id) => !now.has(id)).length;
    before = now;
    if (page.hidden && ended > 0) untracked(() => count.update((known) => known + ended));
  });
  const look = (): void => void (page.hidden || count.set(0));
  page.addEventListener('visibilitychange', look);
  inject(DestroyRef).onDestroy(() => page.removeEventListener('visibilitychange', look));
  return count.asReadonly();
}
