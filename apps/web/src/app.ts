import { Component, signal } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Button, Icon, ThemeSwitch } from '@tandem/web/design';
import { KeyboardHelp } from './keyboard-help';

/** The frame around every page: where one is, how it looks, and the way to help. */
@Component({
  selector: 'tandem-root',
  imports: [Button, Icon, KeyboardHelp, RouterLink, RouterLinkActive, RouterOutlet, ThemeSwitch],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '(document:keydown)': 'openHelpOnQuestionMark($event)' },
})
export class App {
  protected readonly isHelpOpen = signal(false);

  protected openHelpOnQuestionMark(event: KeyboardEvent): void {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    this.isHelpOpen.set(true);
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, [contenteditable]');
}
