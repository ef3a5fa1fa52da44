import { Component, computed, inject, Injector, signal } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { isTyping } from '@tandem/web/composer';
import { CatalogueStore, ConfigStore, HealthStore, SessionStore } from '@tandem/web/data-access';
import { Button, Icon, keepFocus, PartMissing, Settings, StatusMark, Theme, ThemeSwitch } from '@tandem/web/design';
import { ConfigBanner } from './config-banner';
import { KeyboardHelp } from './keyboard-help';
import { SettingsDialog } from './settings-dialog';
import { SignIn } from './sign-in';

/** Below this width the header has no room for the choice of a theme: it is found in the settings. */
const NARROW = matchMedia('(width < 480px)');

/** The frame around every page: where one is, how it looks, and the ways to settings and help. */
@Component({
  selector: 'tandem-root',
  imports: [Button, ConfigBanner, Icon, KeyboardHelp, PartMissing, RouterLink, RouterLinkActive, RouterOutlet, SettingsDialog, SignIn, StatusMark, ThemeSwitch],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '(document:keydown)': 'openHelpOnQuestionMark($event)' },
})
export class App {
  private readonly catalogue = inject(CatalogueStore);
  private readonly injector = inject(Injector);
  private hasPage = false;
  protected readonly health = inject(HealthStore);
  protected readonly session = inject(SessionStore);
  /** A page keeps its state in the query, so that is not to be compared. */
  protected readonly ownAddress = { paths: 'exact', queryParams: 'ignored', matrixParams: 'ignored', fragment: 'ignored' } as const;
  protected readonly isHelpOpen = signal(false);
  protected readonly areSettingsOpen = signal(false);
  protected readonly isNarrow = signal(NARROW.matches);
  protected readonly configReadout = computed(() => {
    if (this.session.mustSignIn()) return '';
    if (!this.health.isConnected()) return 'server not reachable, trying again';
    const source = this.catalogue.source();
    if (source === '') return '';
    return `config: ${source}${this.catalogue.isDemoPair() ? ' · demo pair' : ''}`;
  });

  constructor() {
    void this.session.look();
    // on its way while the page itself is made
    void this.catalogue.load();
    inject(ConfigStore).follow();
    // mark the size of text and the theme from the first page on
    inject(Settings);
    inject(Theme);
    NARROW.addEventListener('change', ({ matches }) => this.isNarrow.set(matches));
  }

  /** Who followed a way that is gone with its page goes on at the beginning of the next one. The first one begins with the frame. */
  protected keepPlace(page: HTMLElement): void {
    if (this.hasPage) keepFocus(this.injector, () => page);
    this.hasPage = true;
  }

  protected openHelpOnQuestionMark(event: KeyboardEvent): void {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    this.isHelpOpen.set(true);
  }
}
