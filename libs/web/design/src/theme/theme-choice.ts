export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORED_AS = 'tandem.theme';

/** The choice that was made in this browser; the system's theme where there is none, or storage is blocked. */
export function readThemeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORED_AS);
    return THEME_CHOICES.find((choice) => choice === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Where storage is blocked, the choice lasts as long as the page. */
export function keepThemeChoice(choice: ThemeChoice): void {
  try {
    localStorage.setItem(STORED_AS, choice);
  } catch {
    // blocked
  }
}

/** A choice beats the system's theme. */
export function isDarkTheme(choice: ThemeChoice, systemIsDark: boolean): boolean {
  return choice === 'dark' || (choice === 'system' && systemIsDark);
}

export function systemTheme(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

/** What the styles go by. */
export function markTheme(isDark: boolean): void {
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}
