const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;

/** Does something at the first sign that somebody is there: what only they need is not worth fetching before. */
export function onFirstTouch(act: () => void): void {
  const once = (): void => {
    for (const sign of SIGNS) removeEventListener(sign, once);
    act();
  };
  for (const sign of SIGNS) addEventListener(sign, once, { passive: true });
}
