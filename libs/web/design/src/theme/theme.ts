import { computed, effect, Service, signal } from '@angular/core';
import { StoredChoice } from '../settings/stored-choice';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/**
 * The one owner of the theme: a choice made here beats the system's, and outlives the page.
 * `public/theme.js` applies the same rule before the first paint.
 */
@Service()
export class Theme {
  private readonly wantsDark = matchMedia('(prefers-color-scheme: dark)');
  private readonly systemIsDark = signal(this.wantsDark.matches);
  private readonly chosen = new StoredChoice<ThemeChoice>('tandem.theme', THEME_CHOICES, 'system');

  readonly choice = this.chosen.value;
  readonly isDark = computed(() => this.choice() === 'dark' || (this.choice() === 'system' && this.systemIsDark()));

  constructor() {
    this.wantsDark.addEventListener('change', ({ matches }) => this.systemIsDark.set(matches));
    effect(() => paint(this.isDark()));
  }

  choose(choice: ThemeChoice): void {
    this.chosen.choose(choice);
  }
}

function paint(isDark: boolean): void {
  const root = document.documentElement;
  root.dataset['theme'] = isDark ? 'dark' : 'light';
  const surface = getComputedStyle(document.body).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', surface);
}
