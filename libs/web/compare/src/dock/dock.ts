import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { Composer, ComposerAction, summarise } from '@tandem/web/composer';
import { Button, copyText, Icon, Menu, type MenuItem, PartMissing } from '@tandem/web/design';
import { CompareStore } from '../compare-store';
import { sayDifferences } from '../settings/differences';
import { PairParameters } from '../settings/pair-parameters';
import { type SideId, SIDES } from '../side/sides';
import { KeepDesk } from '../sharing/keep-desk';
import { Layout } from '../stage/layout';

const TARGETS: readonly MenuItem[] = SIDES.map(({ id, name }) => ({ id, label: `Ask ${name} alone`, icon: 'send' }));

/** Where both models are asked, and with what; beside it what can be done with the comparison as a whole. */
@Component({
  selector: 'tandem-compare-dock',
  imports: [Button, Composer, ComposerAction, Icon, Menu, PairParameters, PartMissing],
  templateUrl: './dock.html',
  styleUrl: './dock.css',
})
export class Dock {
  protected readonly store = inject(CompareStore);
  protected readonly desk = inject(KeepDesk);
  private readonly layout = inject(Layout);

  /** Whether somebody is there: what dialogs need is fetched then. */
  readonly isTouched = input(false);
  /** To the side that is to be asked alone; to both, where there is none. */
  readonly send = output<SideId | undefined>();
  readonly toggleHistory = output();

  protected readonly isParametersOpen = signal(false);
  protected readonly isLinkCopied = signal(false);
  protected readonly summary = computed(() => {
    const { parameters, system } = this.store.settings.of(SIDES[0]?.id ?? '');
    return [
      ...summarise(parameters, system),
      ...(this.store.settings.isParity() ? ['parity'] : []),
      ...(this.store.isBlind() ? ['blind: each prompt alone'] : []),
    ];
  });
  protected readonly settingsWarnings = computed(() => {
    const [left, right] = this.store.settings.each();
    const differences = left && right ? sayDifferences(left, right) : [];
    const faults = this.parameters()?.faults() ?? [];
    return [...(faults.length > 0 ? [`not valid: ${faults.join(', ')}`] : []), ...(differences.length > 0 ? [`differs: ${differences.join(', ')}`] : [])];
  });
  /** Those who can be asked alone. */
  protected readonly targets = computed((): readonly MenuItem[] => (this.store.isBlind() ? [] : TARGETS));
  /** What else can be done, where there is no room for a button for each. */
  protected readonly more = computed<readonly MenuItem[]>(() => [
    ...(this.store.turns().length > 0 ? [{ id: 'new', label: 'New comparison', icon: 'plus' } as const] : []),
    ...(this.store.turns().length > 0 ? [{ id: 'keep', label: `${this.desk.word()}: share it`, icon: 'bookmark' } as const] : []),
    { id: 'link', label: 'Copy link', icon: 'link' },
    { id: 'blind', label: this.store.isBlind() ? 'Blind: off' : 'Blind: on', icon: 'eye-off' },
    { id: 'history', label: 'Earlier comparisons', icon: 'panel' },
    ...(this.store.isVeiled() ? [] : [{ id: 'swap', label: 'Swap sides', icon: 'swap' } as const]),
    this.layout.isStacked() ? { id: 'stack', label: 'One side at a time', icon: 'columns' } : { id: 'stack', label: 'Stack by turn', icon: 'rows' },
  ]);

  private readonly parameters = viewChild<PairParameters>('parameters');
  private readonly composer = viewChild.required(Composer);
  private readonly menu = viewChild.required(Menu);

  focus(): void {
    this.composer().focus();
  }

  protected startOver(): void {
    this.store.startOver();
    this.focus();
  }

  protected openMore({ currentTarget }: Event): void {
    if (currentTarget instanceof Element) this.menu().openAt(currentTarget);
  }

  protected act(action: string): void {
    if (action === 'new') this.startOver();
    else if (action === 'keep') this.desk.ask();
    else if (action === 'link') void this.copyLink();
    else if (action === 'blind') this.store.setBlind(!this.store.isBlind());
    else if (action === 'history') this.toggleHistory.emit();
    else if (action === 'swap') this.store.swap();
    else if (action === 'stack') this.layout.isStacked.update((isStacked) => !isStacked);
  }

  protected async copyLink(): Promise<void> {
    this.isLinkCopied.set(await copyText(new URL(this.store.link(), location.href).href));
    setTimeout(() => this.isLinkCopied.set(false), 1_500);
  }
}
