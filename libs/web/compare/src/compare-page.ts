import { Location } from '@angular/common';
import { STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { afterNextRender, Component, computed, effect, inject, signal, viewChild, viewChildren } from '@angular/core';
import { Composer, ComposerAction, ParametersDialog, Start, summarise, TELLING_PROMPTS } from '@tandem/web/composer';
import { describeModel, ModelsStore, sayConversionsAhead, sayIdentity, toOption, Unreachable } from '@tandem/web/model-status';
import { CatalogueStore, HealthStore } from '@tandem/web/data-access';
import { Button, copyText, FollowScrollDirective, Icon, loadMarkdownRenderer } from '@tandem/web/design';
import { CompareStore } from './compare-store';
import { changedModelWarning, missingModelWarning, sameModelWarning, type SeenModel, seen } from './identity';
import { Pane } from './pane/pane';
import { PaneTabs } from './pane/pane-tabs';
import { toTab } from './pane/to-tab';
import { type Side, SIDE_NAMES, SIDES } from './pane/sides';
import { Swipe } from './pane/swipe';
import { shortcutOf } from './shortcuts';

/** How long the address waits for the next change before it is written: browsers limit how often it may be. */
const ADDRESS_MS = 400;

/** Prompts that the demo pair can really answer. */
const DEMO_PROMPTS = ['What is Tandem?', 'Tell me a joke', 'Write a short poem about the sea', 'How do I add a model?'];

type Seen = Readonly<Record<Side, SeenModel | undefined>>;

/** Two models, one prompt: wires the stores to what shows them. */
@Component({
  selector: 'tandem-compare-page',
  imports: [Button, Composer, ComposerAction, FollowScrollDirective, Icon, Pane, PaneTabs, ParametersDialog, Start, Swipe, Unreachable],
  templateUrl: './compare-page.html',
  styleUrl: './compare-page.css',
  host: { '(document:keydown)': 'onKey($event)', '[style.--head.px]': 'headHeight()' },
})
export class ComparePage {
  protected readonly catalogue = inject(CatalogueStore);
  private readonly all = inject(ModelsStore);
  private readonly health = inject(HealthStore);
  protected readonly store = inject(CompareStore);
  private readonly address = inject(Location);

  protected readonly sides = SIDES;
  protected readonly defaults = STREAM_PARAMETERS;
  protected readonly shown = signal<Side>('baseline');
  protected readonly isParametersOpen = signal(false);
  protected readonly isLinkCopied = signal(false);
  protected readonly summary = computed(() => summarise(this.store.parameters(), this.store.system()));
  protected readonly tabs = computed(() => SIDES.map((side) => toTab(side, this.store.panes[side].answers().at(-1), this.chosen()[side]?.option)));
  protected readonly models = this.all.models;
  /** Each side's model as it is, and as it was when it was asked last. */
  private readonly seen = computed<Seen>(() => ({ baseline: this.see('baseline'), derivative: this.see('derivative') }));
  private readonly asked = signal<Seen>({ baseline: undefined, derivative: undefined });
  /** What makes the comparison worth nothing. */
  protected readonly warnings = computed(() => {
    const [now, before] = [this.seen(), this.asked()];
    const missing = SIDES.map((side) => missingModelWarning(SIDE_NAMES[side], this.store.panes[side].modelId(), this.catalogue.byId()));
    return [
      ...missing,
      sameModelWarning(now.baseline, now.derivative),
      ...SIDES.map((side) => changedModelWarning(SIDE_NAMES[side], before[side], now[side])),
    ].filter(Boolean);
  });
  /** What each side's pane shows of its model. */
  protected readonly chosen = computed(() => {
    const describe = (side: Side): { option: ReturnType<typeof toOption>; subtitle: string } | undefined => {
      const card = this.catalogue.byId().get(this.store.panes[side].modelId() ?? '');
      return (
        card && {
          option: toOption(card, this.models()),
          subtitle: [describeModel(card, this.catalogue.checkpointOf(card)), sayIdentity(card, this.see(side)?.identity)].filter(Boolean).join(' · '),
        }
      );
    };
    return { baseline: describe('baseline'), derivative: describe('derivative') };
  });
  /** Whether one of them is none of those that are configured. */
  protected readonly hasChosenOthers = computed(() => SIDES.some((side) => this.chosen()[side]?.option.card.role === 'local'));
  protected readonly samples = computed(() => (SIDES.every((side) => this.chosen()[side]?.option.card.is_demo) ? DEMO_PROMPTS : TELLING_PROMPTS));
  /** What happens first, when these models are asked. */
  protected readonly ahead = computed(() => sayConversionsAhead(SIDES.map((side) => this.chosen()[side]?.option).filter((option) => option !== undefined)));

  private readonly headHeights = signal<Readonly<Record<Side, number>>>({ baseline: 0, derivative: 0 });
  /** Of the heads, which share a row: where one of the models is not well, they have more to say. Null before they are there. */
  protected readonly headHeight = computed(() => Math.max(...SIDES.map((side) => this.headHeights()[side])) || null);

  private readonly composer = viewChild.required(Composer);
  private readonly panes = viewChildren(Pane);
  private readonly follow = viewChild(FollowScrollDirective);

  constructor() {
    this.store.open(location.search);
    this.all.follow();
    effect((onCleanup) => {
      const query = this.store.link();
      const timer = setTimeout(() => this.address.replaceState(this.address.path().split('?')[0] ?? '', query), ADDRESS_MS);
      onCleanup(() => clearTimeout(timer));
    });
    afterNextRender(() => void loadMarkdownRenderer().catch(() => undefined));
  }

  protected send(): void {
    const asked = this.seen();
    if (!this.store.send()) return;
    this.asked.set(asked);
    this.follow()?.toEnd();
    if (matchMedia('(pointer: fine)').matches) this.composer().focus();
  }

  protected setHeadHeight(side: Side, height: number): void {
    this.headHeights.update((heights) => ({ ...heights, [side]: height }));
  }

  private see(side: Side): SeenModel | undefined {
    const id = this.store.panes[side].modelId() ?? '';
    return seen(this.catalogue.byId().get(id), this.health.reports().get(id));
  }

  protected ask(prompt: string): void {
    this.store.setDraft(prompt);
    this.send();
  }

  protected startOver(): void {
    this.store.startOver();
    this.composer().focus();
  }

  protected async copyLink(): Promise<void> {
    this.isLinkCopied.set(await copyText(new URL(this.store.link(), location.href).href));
    setTimeout(() => this.isLinkCopied.set(false), 1_500);
  }

  protected onKey(event: KeyboardEvent): void {
    const shortcut = shortcutOf(event);
    if (!shortcut) return;
    event.preventDefault();
    switch (shortcut.does) {
      case 'stop':
        return this.stopFocused();
      case 'stop-all':
        return this.store.stopAll();
      case 'write':
        return this.composer().focus();
      case 'focus':
        return this.focusPane(shortcut.side);
      default:
        return shortcut satisfies never;
    }
  }

  /** Outside of the panes nothing tells which one is meant: both. */
  private stopFocused(): void {
    const side = SIDES.find((each) => document.activeElement?.closest(`#pane-${each}`));
    if (side) this.store.panes[side].stop();
    else this.store.stopAll();
  }

  private focusPane(side: Side): void {
    this.shown.set(side);
    // on a narrow page the pane is there only after it is shown
    setTimeout(() =>
      this.panes()
        .find((pane) => pane.side() === side)
        ?.focus(),
    );
  }
}
