import { Component, inject, model } from '@angular/core';
import { type Choice, Choices, Dialog, type SendChoice, Settings, type TextSize, Theme, type ThemeChoice } from '@tandem/web/design';
import { CONTROL_KEY } from './modifier-keys';

const THEMES: readonly Choice<ThemeChoice>[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const SIZES: readonly Choice<TextSize>[] = [
  { value: 'small', label: 'Small' },
  { value: 'normal', label: 'Normal' },
  { value: 'large', label: 'Large' },
  { value: 'largest', label: 'Largest' },
];

const SENDING: readonly Choice<SendChoice>[] = [
  { value: 'page', label: 'What each page is made for', hint: `Enter in a chat, ${CONTROL_KEY}+Enter in a comparison` },
  { value: 'enter', label: 'Enter', hint: 'Shift+Enter begins a new line' },
  { value: 'control-enter', label: `${CONTROL_KEY}+Enter`, hint: 'Enter begins a new line' },
];

/** What holds on every page, chosen once and kept in this browser. */
@Component({
  selector: 'tandem-settings-dialog',
  imports: [Choices, Dialog],
  template: `
    <tandem-dialog heading="Settings" [(isOpen)]="isOpen">
      <div class="all">
        <tandem-choices legend="Theme" [choices]="themes" [chosen]="theme.choice()" (choose)="theme.choose($event)" />
        <tandem-choices legend="Size of text" [choices]="sizes" [chosen]="settings.textSize()" (choose)="settings.chooseTextSize($event)" />
        <tandem-choices legend="A prompt is sent with" [choices]="sending" [chosen]="settings.sendChoice()" (choose)="settings.chooseSending($event)" />
        <p>Kept in this browser, for every page of Tandem.</p>
      </div>
    </tandem-dialog>
  `,
  styles: `
    .all {
      display: grid;
      gap: var(--space-5);
    }

    p {
      color: var(--text-muted);
      font: var(--type-label);
    }
  `,
})
export class SettingsDialog {
  readonly isOpen = model.required<boolean>();

  protected readonly theme = inject(Theme);
  protected readonly settings = inject(Settings);
  protected readonly themes = THEMES;
  protected readonly sizes = SIZES;
  protected readonly sending = SENDING;
}
