import { afterNextRender, Component, computed, ElementRef, inject, Injector, input, output, signal, viewChild } from '@angular/core';
import { isSending, type SendsOn } from '@tandem/web/composer';
import { Button, copyText, Icon, PlainTextDirective, Settings } from '@tandem/web/design';
import { type QuestionRecord } from '../archive/records';
import { ImageStrip } from '../images/image-strip';
import { BranchSwitch } from './branch-switch';
import { sayLeftOutImages } from './say-left-out-images';

/** What a person wrote, in a quiet box; it can be written anew, which makes a branch. */
@Component({
  selector: 'tandem-question',
  imports: [BranchSwitch, Button, Icon, ImageStrip, PlainTextDirective],
  templateUrl: './question.html',
  styleUrls: ['./message-actions.css', './question.css'],
})
export class Question {
  readonly message = input.required<QuestionRecord>();
  readonly branches = input.required<readonly string[]>();
  /** Whether something can be asked now. */
  readonly canAsk = input(false);
  /** Whether another branch can be shown now. */
  readonly canSwitch = input(true);
  /** The page's own keys; a person's choice comes before them. */
  readonly sendsOn = input<SendsOn>('enter');
  /** How many of its images the next question goes without. */
  readonly imagesLeftOut = input(0);
  /** Whether the model that is asked next may be sent images. */
  readonly mayTakeImages = input(true);
  readonly edit = output<string>();
  readonly show = output<string>();

  protected readonly leftOut = computed(() => sayLeftOutImages(this.imagesLeftOut(), this.message().images?.length ?? 0, this.mayTakeImages()));
  protected readonly isEditing = signal(false);
  protected readonly text = signal('');
  protected readonly isCopied = signal(false);
  private readonly injector = inject(Injector);
  private readonly settings = inject(Settings);
  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');
  private readonly editing = viewChild('editing', { read: ElementRef<HTMLElement> });

  protected begin(): void {
    this.text.set(this.message().text);
    this.isEditing.set(true);
    afterNextRender({ write: () => this.box()?.nativeElement.focus() }, { injector: this.injector });
  }

  protected cancel(): void {
    this.isEditing.set(false);
    afterNextRender({ write: () => this.editing()?.nativeElement.focus() }, { injector: this.injector });
  }

  protected submit(): void {
    if (!this.canAsk() || this.text().trim() === '') return;
    this.isEditing.set(false);
    this.edit.emit(this.text());
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      // here it ends the editing, not the answer
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    } else if (isSending(event, this.settings.sendsOn(this.sendsOn()))) {
      event.preventDefault();
      this.submit();
    }
  }

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(this.message().text));
    setTimeout(() => this.isCopied.set(false), 1_500);
  }
}
