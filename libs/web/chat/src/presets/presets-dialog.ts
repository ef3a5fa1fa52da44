import { Component, computed, inject, input, model, output, signal } from '@angular/core';
import { summarise } from '@tandem/web/composer';
import { Button, Dialog, UndoNote } from '@tandem/web/design';
import { KeptRows } from '../library/kept-rows';
import { type Setting } from './preset';
import { PresetStore } from './preset-store';

/** A person's presets: one is chosen for this conversation, and what this one is set to becomes another. */
@Component({
  selector: 'tandem-presets-dialog',
  imports: [Button, Dialog, KeptRows, UndoNote],
  templateUrl: './presets-dialog.html',
  styleUrl: '../library/library-dialog.css',
})
export class PresetsDialog {
  readonly isOpen = model.required<boolean>();
  /** What the open conversation is asked with. */
  readonly setting = input.required<Setting>();
  readonly choose = output<Setting>();

  protected readonly store = inject(PresetStore);
  protected readonly name = signal('');
  protected readonly isKnown = computed(() => this.store.named(this.name()) !== undefined);
  protected readonly rows = computed(() => {
    const inUse = this.store.inUse(this.setting())?.id;
    return this.store.presets().map(({ id, name, system, parameters }) => {
      const detail = [...(system.trim() === '' ? [] : [`“${system.trim()}”`]), ...summarise(parameters, '')].join(' · ');
      return { id, name, detail, isInUse: id === inUse };
    });
  });
  protected readonly now = computed(() => summarise(this.setting().parameters, this.setting().system).join(' · '));

  protected take(id: string): void {
    const preset = this.store.presets().find((known) => known.id === id);
    if (!preset) return;
    this.choose.emit({ system: preset.system, parameters: preset.parameters });
    this.isOpen.set(false);
  }

  protected save(): void {
    if (this.name().trim() === '') return;
    this.store.save(this.name(), this.setting());
    this.name.set('');
  }
}
