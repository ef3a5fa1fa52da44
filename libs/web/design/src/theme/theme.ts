import { computed, effect, Service, signal } from '@angular/core';
import { isDarkTheme, keepThemeChoice, markTheme, readThemeChoice, systemTheme, type ThemeChoice } from './theme-choice';

/** The one owner of the theme: a choice made here beats the system's, and outlives the page. */
@Service()
export class Theme {
  private readonly wantsDark = systemTheme();
  private readonly systemIsDark = signal(this.wantsDark.matches);
  private readonly chosen = signal(readThemeChoice());

  readonly choice = this.chosen.asReadonly();
  readonly isDark = computed(() => isDarkTheme(this.choice(), this.systemIsDark()));

  constructor() {
    this.wantsDark.addEventListener('change', ({ matches }) => this.systemIsDark.set(matches));
    effect(() => paint(this.isDark()));
  }

  choose(choice: ThemeChoice): void {
    this.chosen.set(choice);
    keepThemeChoice(choice);
  }
}

function paint(isDark: boolean): void {
  markTheme(isDark);
  // once the styles are worked out for the next frame anyway
  requestAnimationFrame(() => {
    const surface = getComputedStyle(document.body).backgroundColor;
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', surface);
  });
}
