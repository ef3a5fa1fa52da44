import { Component, computed, inject, model } from '@angular/core';
import { Dialog, type SendsOn, Settings } from '@tandem/web/design';
import { ALT_KEY, CONTROL_KEY } from './modifier-keys';

interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

const ENTER = '↵';

const OTHERS: readonly Shortcut[] = [
  { keys: ['Esc'], does: 'Stop the focused pane; from the prompt, both panes; in a chat, the answer' },
  { keys: ['Shift', 'Esc'], does: 'Stop both panes' },
  { keys: [ALT_KEY, '1'], does: 'Go to the Baseline pane' },
  { keys: [ALT_KEY, '2'], does: 'Go to the Two Delta pane' },
  { keys: [ALT_KEY, 'Shift', '1'], does: 'Give the Baseline pane the whole width, or half of it again; 2 for Two Delta' },
  { keys: ['/'], does: 'Go to the prompt' },
  { keys: ['1', '2'], does: 'Vote for the left answer, or the right one; of the turn that has the focus, else of the last' },
  { keys: ['0', '9'], does: 'Vote that both are equally good, or both bad' },
  { keys: ['↑', '↓'], does: 'Go to another row of a run’s items' },
  { keys: ['←', '→'], does: 'Show the item before or after the one that is open' },
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

  private readonly settings = inject(Settings);
  protected readonly shortcuts = computed(() => [
    { keys: keysOf(this.settings.sendsOn('control-enter')), does: 'Send the prompt to both models' },
    { keys: keysOf(this.settings.sendsOn('enter')), does: 'Send the message, in a chat' },
    { keys: ['Shift', ENTER], does: 'Begin a new line' },
    ...OTHERS,
  ]);
}

function keysOf(sendsOn: SendsOn): readonly string[] {
  return sendsOn === 'enter' ? [ENTER] : [CONTROL_KEY, ENTER];
}
