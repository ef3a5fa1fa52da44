import { Component, model } from '@angular/core';
import { Dialog } from '@tandem/web/design';

const isApple = /mac|iphone|ipad/i.test(navigator.platform);
const control = isApple ? '⌘' : 'Ctrl';
const alt = isApple ? '⌥' : 'Alt';

const SHORTCUTS: readonly { keys: readonly string[]; does: string }[] = [
  { keys: [control, '↵'], does: 'Send the prompt to both models' },
  { keys: ['Esc'], does: 'Stop the focused pane; from the prompt, both' },
  { keys: ['Shift', 'Esc'], does: 'Stop both panes' },
  { keys: [alt, '1'], does: 'Go to the Baseline pane' },
  { keys: [alt, '2'], does: 'Go to the Two Delta pane' },
  { keys: ['/'], does: 'Go to the prompt' },
  { keys: ['?'], does: 'Show this list' },
];

@Component({
  selector: 'tandem-keyboard-help',
  imports: [Dialog],
  templateUrl: './keyboard-help.html',
  styleUrl: './keyboard-help.css',
})
export class KeyboardHelp {
  readonly isOpen = model.required<boolean>();

  protected readonly shortcuts = SHORTCUTS;
}
