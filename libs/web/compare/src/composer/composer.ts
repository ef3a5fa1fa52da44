import { Component, computed, type ElementRef, input, model, output, viewChild } from '@angular/core';
import { Button, Icon } from '@tandem/web/design';

const isApple = /mac|iphone|ipad/i.test(navigator.platform);

/** Where a prompt is written and sent, and what is in force when it goes. */
@Component({
  selector: 'tandem-composer',
  imports: [Button, Icon],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  readonly text = model.required<string>();
  /** The parameters, one short phrase each. */
  readonly summary = input.required<readonly string[]>();
  readonly isRunning = input(false);
  /** Whether there is something to start over from. */
  readonly hasTurns = input(false);
  readonly isLinkCopied = input(false);

  readonly send = output();
  readonly stopAll = output();
  readonly openParameters = output();
  readonly newComparison = output();
  readonly copyLink = output();

  protected readonly control = isApple ? '⌘' : 'Ctrl';
  protected readonly canSend = computed(() => this.text().trim() !== '' && !this.isRunning());
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  focus(): void {
    this.box().nativeElement.focus();
  }

  protected sendOnControlEnter(event: KeyboardEvent): void {
    // while an input method composes, Enter belongs to it
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  protected submit(): void {
    if (this.canSend()) this.send.emit();
  }
}
