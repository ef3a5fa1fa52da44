import { afterNextRender, Component, computed, type ElementRef, inject, Injector, input, output, viewChild } from '@angular/core';
import { Button, Icon, Menu, type MenuItem, Settings } from '@tandem/web/design';
import { ComposerAction } from './composer-action';
import { isSending, type SendsOn } from './sends-on';

const isApple = /mac|iphone|ipad/i.test(navigator.platform);

/** Where a prompt is written and sent, and what is in force when it goes. A page's own actions are its content. */
@Component({
  selector: 'tandem-composer',
  imports: [Button, ComposerAction, Icon, Menu],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  /** Whom one writes to: "Ask both models". */
  readonly label = input.required<string>();
  /** What stands in the empty box; else the label. */
  readonly hint = input('');
  readonly text = input.required<string>();
  /** The parameters, one short phrase each. */
  readonly summary = input.required<readonly string[]>();
  /** What of them one should know before one sends. */
  readonly warnings = input<readonly string[]>([]);
  /** The page's own keys; a person's choice comes before them. */
  readonly sendsOn = input<SendsOn>('control-enter');
  readonly canSend = input(false);
  /** Why nothing can be sent, and what to do. */
  readonly obstacle = input('');
  /** Whom else one can ask. */
  readonly targets = input<readonly MenuItem[]>([]);
  readonly isRunning = input(false);
  readonly stopLabel = input('Stop');

  readonly textChange = output<string>();
  readonly send = output();
  /** The id of one of the targets. */
  readonly sendTo = output<string>();
  readonly stop = output();
  readonly openParameters = output();

  private readonly settings = inject(Settings);
  protected readonly sending = computed(() => this.settings.sendsOn(this.sendsOn()));
  protected readonly keys = computed(() => (this.sending() === 'enter' ? ['↵'] : [isApple ? '⌘' : 'Ctrl', '↵']));
  protected readonly shortcut = computed(() => (this.sending() === 'enter' ? 'Enter' : 'Control+Enter Meta+Enter'));
  /** Said where sending is not possible for another reason than that nothing is written. */
  protected readonly reason = computed(() => (this.canSend() ? '' : this.obstacle()));
  private readonly injector = inject(Injector);
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  focus(): void {
    this.box().nativeElement.focus();
  }

  protected sendOnKey(event: KeyboardEvent): void {
    if (!isSending(event, this.sending())) return;
    event.preventDefault();
    this.submit();
  }

  protected openTargets(menu: Menu, { currentTarget }: Event): void {
    if (currentTarget instanceof Element) menu.openAt(currentTarget);
  }

  /** Whether it is sent, and what then stands in the box, is decided outside. */
  protected submit(): void {
    this.send.emit();
    // a text that was written and sent within one frame was never rendered: its going would not be either
    afterNextRender({ write: () => (this.box().nativeElement.value = this.text()) }, { injector: this.injector });
  }
}
