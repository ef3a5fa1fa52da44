import { inject, Service } from '@angular/core';
import { newId } from '@tandem/web/run';
import { Undo } from '@tandem/web/design';
import { KeptList } from '../library/kept-list';
import { isAsSet, isPreset, type Preset, type Setting } from './preset';

/** The presets of this browser. */
@Service()
export class PresetStore {
  private readonly undo = inject(Undo);
  private readonly list = new KeptList<Preset>('tandem.chat.presets', isPreset);

  readonly presets = this.list.items;
  readonly isKept = this.list.isKept;

  /** The one that a conversation is asked by. */
  inUse(setting: Setting): Preset | undefined {
    return this.presets().find((preset) => isAsSet(preset, setting));
  }

  named(name: string): Preset | undefined {
    return this.presets().find((preset) => preset.name === name.trim());
  }

  /** In place of the one of that name, if there is one. */
  save(name: string, { system, parameters }: Setting): void {
    this.list.put({ id: this.named(name)?.id ?? newId(), name: name.trim(), system, parameters });
  }

  rename(id: string, name: string): void {
    const preset = this.presets().find((known) => known.id === id);
    if (preset) this.list.put({ ...preset, name });
  }

  delete(id: string): void {
    const name = this.presets().find((preset) => preset.id === id)?.name;
    const putBack = this.list.remove(id);
    this.undo.give({ words: `Preset “${name}” deleted`, undo: async () => putBack() });
  }
}
