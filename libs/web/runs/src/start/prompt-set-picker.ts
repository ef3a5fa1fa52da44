import { Component, ElementRef, inject, Injector, model, signal, viewChild } from '@angular/core';
import type { PromptSetCard } from '@tandem/shared/contracts';
import { PromptSetRequests } from '@tandem/web/data-access';
import { Button, ConfirmDialog, Icon, keepFocus, StatusMark, TextField } from '@tandem/web/design';
import { FaultNote } from '@tandem/web/run';
import { sayPrompts } from '../words/say-run';
import { PromptSetList } from './prompt-set-list';
import { SET_ENDINGS, type SetFile, setOfFile, setOfText } from './set-file';

/** Which prompt set: one that is there, a file, or a text that is pasted. */
@Component({
  selector: 'tandem-prompt-set-picker',
  imports: [Button, ConfirmDialog, FaultNote, Icon, StatusMark, TextField],
  templateUrl: './prompt-set-picker.html',
  styleUrl: './prompt-set-picker.css',
  host: { '(dragover)': 'allow($event)', '(dragleave)': 'isOver.set(false)', '(drop)': 'drop($event)', '[class.over]': 'isOver()' },
})
export class PromptSetPicker {
  /** Id of the set that is chosen. */
  readonly chosen = model.required<string | undefined>();

  protected readonly list = new PromptSetList(inject(PromptSetRequests));
  protected readonly endings = SET_ENDINGS;
  protected readonly isPasting = signal(false);
  protected readonly pasted = signal('');
  protected readonly name = signal('');
  /** A file is held over it. */
  protected readonly isOver = signal(false);
  /** What is to be deleted, once that was confirmed. */
  protected readonly deleting = signal<PromptSetCard | undefined>(undefined);
  protected readonly said = signal('');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly box = viewChild<ElementRef<HTMLInputElement>>('box');

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    await this.list.load();
    const sets = this.list.sets() ?? [];
    // a set that an address names may stand on a later page
    if (this.chosen() === undefined) this.chosen.set(sets.find(({ is_shipped }) => is_shipped)?.id ?? sets[0]?.id);
  }

  protected factsOf({ count, is_shipped, created_at }: PromptSetCard): string {
    const when = created_at === null ? '' : new Date(created_at).toLocaleDateString('en', { dateStyle: 'medium' });
    return [sayPrompts(count), is_shipped ? 'comes with Tandem' : when].filter(Boolean).join(' · ');
  }

  protected pick(): void {
    this.box()?.nativeElement.click();
  }

  protected async take(files: FileList | null | undefined): Promise<void> {
    const file = files?.[0];
    if (file) await this.add(await setOfFile(file));
    const box = this.box()?.nativeElement;
    // the same file may be chosen again, once it was mended
    if (box) box.value = '';
  }

  protected async paste(): Promise<void> {
    if (!(await this.add(setOfText(this.pasted(), this.name())))) return;
    this.isPasting.set(false);
    this.pasted.set('');
    this.name.set('');
    keepFocus(this.injector, () => this.radios().find(({ checked }) => checked));
  }

  protected allow(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver.set(true);
  }

  protected async drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    this.isOver.set(false);
    await this.take(event.dataTransfer?.files);
  }

  protected async remove(): Promise<void> {
    const set = this.deleting();
    this.deleting.set(undefined);
    if (!set || !(await this.list.remove(set.id))) return;
    this.said.set(`Deleted: ${set.name}`);
    if (this.chosen() === set.id) this.chosen.set(this.list.sets()?.[0]?.id);
    keepFocus(this.injector, () => this.radios().find(({ checked }) => checked));
  }

  protected async more(): Promise<void> {
    const before = this.radios().length;
    await this.list.more();
    keepFocus(this.injector, () => this.radios()[before]);
  }

  private radios(): readonly HTMLInputElement[] {
    return [...this.host.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  }

  private async add(file: SetFile): Promise<boolean> {
    const added = await this.list.add(file);
    if (!added) return false;
    this.chosen.set(added.id);
    this.said.set(`Loaded: ${added.name}, ${sayPrompts(added.count)}`);
    return true;
  }
}
