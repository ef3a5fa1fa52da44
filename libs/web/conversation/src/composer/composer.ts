import { afterNextRender, Component, type ElementRef, inject, Injector, input, output, viewChild } from '@angular/core';
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
  readonly text = input.required<string>();
  /** The parameters, one short phrase each. */
  readonly summary = input.required<readonly string[]>();
  readonly canSend = input(false);
  readonly isRunning = input(false);
  /** Whether there is something to start over from. */
  readonly hasTurns = input(false);
  readonly isLinkCopied = input(false);

  readonly textChange = output<string>();
  readonly send = output();
  readonly stopAll = output();
  readonly openParameters = output();
  readonly newComparison = output();
  readonly copyLink = output();

  protected readonly control = isApple ? '⌘' : 'Ctrl';
  private readonly injector = inject(Injector);
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

  /** Whether it is sent, and what then stands in the box, is decided outside. */
  protected submit(): void {
    this.send.emit();
    // a text that was written and sent within one frame was never rendered: its going would not be either
    afterNextRender({ write: () => (this.box().nativeElement.value = this.text()) }, { injector: this.injector });
  }
}
