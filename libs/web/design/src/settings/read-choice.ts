/** One of `choices`, as it was kept in this browser; `fallback` where there is none, or storage is blocked. */
export function readChoice<T extends string>(key: string, choices: readonly T[], fallback: T): T {
  try {
    const stored = localStorage.getItem(key);
    return choices.find((choice) => choice === stored) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Where storage is full or blocked, the choice lasts as long as the page. */
export function keepChoice(key: string, choice: string): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // full or blocked
  }
}
