import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { Composer, More, ParametersDialog, type SendsOn, summarise } from '@tandem/web/composer';
import { type MenuItem } from '@tandem/web/design';
import { ChatStore } from '../chat-store';
import { Attachments } from '../images/attachments';
import { chooseImages } from '../images/choose-images';
import { ImageStrip } from '../images/image-strip';
import { sayTakesImages } from '../images/image-words';
import { type Setting } from '../presets/preset';
import { PresetStore } from '../presets/preset-store';
import { PresetsDialog } from '../presets/presets-dialog';
import { PromptList } from '../prompts/prompt-list';
import { PromptsDialog } from '../prompts/prompts-dialog';

const MORE: readonly MenuItem[] = [
  { id: 'images', label: 'Add images', icon: 'image' },
  { id: 'presets', label: 'Presets', icon: 'bookmark' },
  { id: 'prompts', label: 'Prompts', icon: 'book' },
];

const CLEAR: MenuItem = { id: 'clear', label: 'Clear chat', icon: 'eraser' };

/** Where the next message is written: its text, what goes along, and what it is asked with. */
@Component({
  selector: 'tandem-writing',
  imports: [Composer, ImageStrip, More, ParametersDialog, PresetsDialog, PromptList, PromptsDialog],
  templateUrl: './writing.html',
  styleUrl: './writing.css',
})
export class Writing {
  readonly sendsOn = input.required<SendsOn>();
  readonly send = output();

  protected readonly store = inject(ChatStore);
  protected readonly attachments = inject(Attachments);
  private readonly presets = inject(PresetStore);

  /** What there is nothing of cannot be cleared. */
  protected readonly more = computed(() => (this.store.conversation()?.messages().size ? [...MORE, CLEAR] : MORE));
  protected readonly isParametersOpen = signal(false);
  protected readonly isPresetsOpen = signal(false);
  protected readonly isPromptsOpen = signal(false);
  protected readonly summary = computed(() => {
    const record = this.store.conversation()?.record();
    if (!record) return [];
    const preset = this.presets.inUse(record);
    return [...(preset ? [`preset ${preset.name}`] : []), ...summarise(record.parameters, record.system)];
  });
  /** What is to be known of the images that go along. */
  protected readonly news = computed(() => {
    if (this.attachments.fault()) return this.attachments.fault();
    if (this.attachments.isReading()) return 'Reading…';
    const smaller = this.store.images().filter(({ isSmaller }) => isSmaller).length;
    const said = smaller > 0 ? 'Made smaller: a model is shown 2,048 pixels a side and 1 MB at most.' : '';
    return [sayTakesImages(this.store.card()), said].filter(Boolean).join(' ');
  });

  private readonly composer = viewChild(Composer);

  focus(): void {
    this.composer()?.focus();
  }

  /** Takes images along, where there is somebody to show them to. */
  add(files: readonly File[]): void {
    const [conversation, card] = [this.store.conversation(), this.store.card()];
    if (!conversation) return;
    if (card?.images === false) this.attachments.refuse(`${card.title} takes no images. Choose a model that does, then add them.`);
    else void this.attachments.add(conversation.id, files);
  }

  protected openMore(id: string): void {
    if (id === 'images') chooseImages((files) => this.add(files));
    else if (id === 'presets') this.isPresetsOpen.set(true);
    else if (id === 'clear') void this.store.clear();
    else this.isPromptsOpen.set(true);
  }

  protected set({ system, parameters }: Setting): void {
    this.store.conversation()?.setSystem(system);
    this.store.conversation()?.setParameters(parameters);
  }
}
