import { computed, effect, Service, signal } from '@angular/core';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORED_AS = 'tandem.theme';

/**
 * The one owner of the theme: a choice made here beats the system's, and outlives the page.
 * `public/theme.js` applies the same rule before the first paint.
 */
@Service()
export class Theme {
  private readonly wantsDark = matchMedia('(prefers-color-scheme: dark)');
  private readonly systemIsDark = signal(this.wantsDark.matches);
  private readonly chosen = signal(storedChoice());

  readonly choice = this.chosen.asReadonly();
  readonly isDark = computed(() => this.choice() === 'dark' || (this.choice() === 'system' && this.systemIsDark()));

  constructor() {
    this.wantsDark.addEventListener('change', ({ matches }) => this.systemIsDark.set(matches));
    effect(() => paint(this.isDark()));
  }

  choose(choice: ThemeChoice): void {
    this.chosen.set(choice);
    try {
      localStorage.setItem(STORED_AS, choice);
    } catch {
      // storage is blocked: the choice lasts as long as the page
    }
  }
}

function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORED_AS);
    return THEME_CHOICES.find((choice) => choice === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

function paint(isDark: boolean): void {
  const root = document.documentElement;
  root.dataset['theme'] = isDark ? 'dark' : 'light';
  const surface = getComputedStyle(document.body).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', surface);
}
