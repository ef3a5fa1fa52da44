import { Component, input, model } from '@angular/core';
import { Dialog, ThemeSwitch } from '@tandem/web/design';

const isApple = /mac|iphone|ipad/i.test(navigator.platform);
const control = isApple ? '⌘' : 'Ctrl';
const alt = isApple ? '⌥' : 'Alt';

const SHORTCUTS: readonly { keys: readonly string[]; does: string }[] = [
  { keys: [control, '↵'], does: 'Send the prompt to both models' },
  { keys: ['↵'], does: 'Send the message, in a chat' },
  { keys: ['Shift', '↵'], does: 'Begin a new line, in a chat' },
  { keys: ['Esc'], does: 'Stop the focused pane; from the prompt, both; the answer of a chat' },
  { keys: ['Shift', 'Esc'], does: 'Stop both panes' },
  { keys: [alt, '1'], does: 'Go to the Baseline pane' },
  { keys: [alt, '2'], does: 'Go to the Two Delta pane' },
  { keys: [alt, 'Shift', '1'], does: 'Give the Baseline pane the whole width, or half of it again; 2 for Two Delta' },
  { keys: ['/'], does: 'Go to the prompt' },
  { keys: ['?'], does: 'Show this list' },
];

@Component({
  selector: 'tandem-keyboard-help',
  imports: [Dialog, ThemeSwitch],
  templateUrl: './keyboard-help.html',
  styleUrl: './keyboard-help.css',
})
export class KeyboardHelp {
  readonly isOpen = model.required<boolean>();
  /** Whether the theme is chosen here. */
  readonly hasTheme = input(false);

  protected readonly shortcuts = SHORTCUTS;
}
