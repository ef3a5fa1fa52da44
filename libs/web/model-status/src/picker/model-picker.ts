import { Component, computed, type ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { Icon, StatusMark } from '@tandem/web/design';
import { Clock } from '../health/clock';
import { type HealthNote, notesOf } from '../health/health-notes';
import { groupModels, type ModelOption, type Models } from './model-options';

let count = 0;

/** A button with the chosen model's title that opens a list to search and choose from. */
@Component({
  selector: 'tandem-model-picker',
  imports: [Icon, StatusMark],
  templateUrl: './model-picker.html',
  styleUrl: './model-picker.css',
})
export class ModelPicker {
  /** What it chooses for: "Baseline", "Two Delta" or "Chat". */
  readonly purpose = input.required<string>();
  readonly models = input.required<Models>();
  readonly chosen = input<ModelOption>();
  readonly choose = output<string>();

  protected readonly id = `picker-${++count}`;
  protected readonly isOpen = signal(false);
  protected readonly query = signal('');
  protected readonly groups = computed(() => groupModels(this.models(), this.query()));
  private readonly options = computed(() => this.groups().flatMap((group) => group.options));
  /** Of the row that the chosen model has: a checkpoint may share that of its configured model. */
  protected readonly chosenId = computed(() => {
    const id = this.chosen()?.id;
    return this.options().find((option) => option.id === id || option.standsFor.some((one) => one === id))?.id;
  });
  /** By model id, of those of which there is something to know. */
  protected readonly notes = computed(() => {
    const nowMs = this.clock.nowMs();
    const all = this.options().map(({ id, card, report, isUnconvertible }): [string, readonly HealthNote[]] => [
      id,
      notesOf(card, report, nowMs, isUnconvertible),
    ]);
    return new Map(all.filter(([, notes]) => notes.length > 0));
  });
  private readonly clock = inject(Clock);
  private readonly pointedAt = signal<string | undefined>(undefined);
  /** The option that Enter chooses: the one pointed at, else the chosen one, else the first. */
  protected readonly active = computed(() => {
    const ids = this.options().map((option) => option.id);
    return [this.pointedAt(), this.chosenId()].find((id) => id !== undefined && ids.includes(id)) ?? ids[0];
  });

  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');

  open(): void {
    this.panel().nativeElement.showPopover();
  }

  protected optionId(id: string): string {
    return `${this.id}-${id}`;
  }

  protected follow(event: Event): void {
    const isOpen = (event as ToggleEvent).newState === 'open';
    this.isOpen.set(isOpen);
    if (!isOpen) return;
    this.query.set('');
    this.pointedAt.set(undefined);
    const { left, bottom } = this.button().nativeElement.getBoundingClientRect();
    const { style } = this.panel().nativeElement;
    style.setProperty('--from-left', `${left}px`);
    style.setProperty('--from-top', `${bottom}px`);
  }

  protected search(text: string): void {
    this.query.set(text);
    this.pointedAt.set(undefined);
  }

  protected take(id: string): void {
    this.panel().nativeElement.hidePopover();
    this.choose.emit(id);
  }

  protected onKey(event: KeyboardEvent): void {
    const { key } = event;
    if (event.isComposing) return;
    // Escape closes the list alone; it must not reach the page, where it stops the pane
    if (key === 'Escape') event.stopPropagation();
    const options = this.options();
    const at = options.findIndex((option) => option.id === this.active());
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[key];
    if (next !== undefined) {
      event.preventDefault();
      this.point(options.at(key.startsWith('Page') ? clamp(next, options.length) : next % options.length));
    } else if (key === 'Enter') {
      event.preventDefault();
      const active = this.active();
      if (active !== undefined) this.take(active);
    }
  }

  private point(option: ModelOption | undefined): void {
    if (option === undefined) return;
    this.pointedAt.set(option.id);
    document.getElementById(this.optionId(option.id))?.scrollIntoView({ block: 'nearest' });
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}
