import { Location } from '@angular/common';
import { afterNextRender, Component, computed, DestroyRef, effect, inject, signal, viewChild, viewChildren } from '@angular/core';
import { Router } from '@angular/router';
import { CatalogueStore } from '@tandem/web/data-access';
import { Button, FollowScrollDirective, HeightDirective, Icon, loadMarkdownRenderer, PartMissing, UndoNote } from '@tandem/web/design';
import { HistoryDrawer, HistoryPlace } from '@tandem/web/history';
import { ModelsStore, Unreachable } from '@tandem/web/model-status';
import { sayState } from '@tandem/web/run';
import { CompareStore } from './compare-store';
import { Dock } from './dock/dock';
import { ComparisonArchive } from './history/comparison-archive';
import { ComparisonKeeper } from './history/comparison-keeper';
import { ComparisonList } from './history/comparison-list';
import { KeepDesk } from './sharing/keep-desk';
import { KeepDialog } from './sharing/keep-dialog';
import { PaneHead } from './pane/pane-head';
import { PaneModels } from './pane/pane-models';
import { PaneTabs } from './pane/pane-tabs';
import { toTab, toVeiledTab } from './pane/to-tab';
import { REPEATS } from './repeat/repeating';
import { type SideId, SIDES, VEILED_SIDES } from './side/sides';
import { shortcutOf } from './shortcuts';
import { onFirstTouch } from './on-first-touch';
import { Divider } from './stage/divider';
import { Layout } from './stage/layout';
import { Swipe } from './stage/swipe';
import { CompareStart } from './start/compare-start';
import { TurnRow } from './turn/turn-row';
import { TurnTally } from './voting/turn-tally';
import { TurnVoting } from './voting/turn-voting';
import { whenIdle } from './when-idle';

/** How long the address waits for the next change before it is written: browsers limit how often it may be. */
const ADDRESS_MS = 400;

/** Below this width the list of comparisons covers the page, in CSS pixels. */
const NARROW_PX = 1_000;

/** The sides of one comparison, turn by turn: wires the stores to what shows them. */
@Component({
  selector: 'tandem-compare-page',
  imports: [
    Button,
    CompareStart,
    ComparisonList,
    Divider,
    FollowScrollDirective,
    Dock,
    HeightDirective,
    HistoryDrawer,
    Icon,
    KeepDialog,
    PaneHead,
    PaneTabs,
    PartMissing,
    Swipe,
    TurnRow,
    TurnTally,
    TurnVoting,
    UndoNote,
    Unreachable,
  ],
  templateUrl: './compare-page.html',
  styleUrl: './compare-page.css',
  host: {
    '(document:keydown)': 'onKey($event)',
    '[style.--head.px]': 'headHeight()',
    '[style.--left]': 'layout.split() * 100 + "fr"',
    '[style.--right]': '(1 - layout.split()) * 100 + "fr"',
    '[class.stacked]': 'layout.isStacked()',
    '[class.veiled]': 'store.isVeiled()',
    '[attr.data-shown]': 'layout.shown()',
    '[attr.data-folded]': 'layout.folded()',
  },
})
export class ComparePage {
  protected readonly catalogue = inject(CatalogueStore);
  private readonly all = inject(ModelsStore);
  protected readonly store = inject(CompareStore);
  protected readonly paneModels = inject(PaneModels);
  protected readonly layout = inject(Layout);
  protected readonly desk = inject(KeepDesk);
  protected readonly keeper = inject(ComparisonKeeper);
  private readonly archive = inject(ComparisonArchive);
  private readonly address = inject(Location);

  protected readonly sides = SIDES;
  protected readonly repeats = REPEATS;
  protected readonly history = new HistoryPlace(NARROW_PX, {
    isHidden: computed(() => !this.layout.isHistoryShown()),
    hide: (isHidden) => this.layout.isHistoryShown.set(!isHidden),
  });
  /** Whether somebody is there: what answers and dialogs need is fetched then. */
  protected readonly isTouched = signal(false);
  protected readonly headHeight = signal<number | null>(null);
  protected readonly models = this.all.models;
  /** As they may be called now. */
  protected readonly headSides = computed(() => (this.store.isVeiled() ? VEILED_SIDES : SIDES));
  protected readonly tabs = computed(() =>
    this.store.panes.map((pane, at) => {
      const side = this.headSides()[at] ?? pane.side;
      return this.store.isVeiled()
        ? toVeiledTab(side, pane.last())
        : toTab(side, pane.last(), this.paneModels.chosen()[at]?.option, this.models().cards.length > 0);
    }),
  );
  /** Without counts and speeds, which would tell more than that an answer came. */
  protected readonly veiledAnnouncements = computed(() =>
    this.store.panes.map((pane, at) => `${VEILED_SIDES[at]?.name}: ${sayState(pane.last()?.state).words}`),
  );
  /** What becomes of the turns where the tab's storage does not take them. */
  protected readonly fullness = computed(() =>
    this.archive.keeping() === 'yes'
      ? 'This tab’s storage is full: after a reload this comparison is found among the earlier ones.'
      : 'This browser’s storage takes no more: the turns on this page are lost when it is closed or reloaded. Copy what you want to keep.',
  );
  protected readonly by = (side: SideId, model: string): string => this.paneModels.by(side, model);

  private readonly dock = viewChild.required(Dock);
  private readonly heads = viewChildren(PaneHead);
  private readonly rows = viewChildren<TurnRow>('row');
  private readonly votings = viewChildren<TurnVoting>('voting');
  private readonly follow = viewChild(FollowScrollDirective);

  constructor() {
    const isNew = this.store.open(location.search);
    // the browser's own buttons lead back to what is there, links to what they name
    if (!isNew && inject(Router).currentNavigation()?.trigger === 'imperative') this.store.openPair(location.search);
    this.all.follow();
    const shown = signal(this.address.path());
    inject(DestroyRef).onDestroy(this.address.onUrlChange((url) => shown.set(url)));
    // also where a link led to the page that is there already, with nothing behind its address
    effect((onCleanup) => {
      const [path = ''] = shown().split('?');
      const query = this.store.link();
      if (shown() === path + query) return;
      const timer = setTimeout(() => this.address.replaceState(path, query), ADDRESS_MS);
      onCleanup(() => clearTimeout(timer));
    });
    onFirstTouch(() => {
      this.isTouched.set(true);
      void loadMarkdownRenderer().catch(() => undefined);
    });
    afterNextRender(() => whenIdle(() => void this.archive.load()));
  }

  protected send(side?: SideId): void {
    if (!this.store.send(side)) return;
    this.paneModels.note();
    this.follow()?.toEnd();
    if (matchMedia('(pointer: fine)').matches) this.dock().focus();
  }

  protected ask(prompt: string): void {
    this.store.setDraft(prompt);
    this.send();
  }

  protected showEarlier(id: string): void {
    void this.keeper.show(id);
  }

  protected askLast(side: SideId): void {
    this.paneModels.note();
    this.store.askLast(side);
  }

  protected openPicker(side: SideId): void {
    this.layout.shown.set(side);
    this.heads()
      .find((head) => head.side().id === side)
      ?.openPicker();
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
        return this.dock().focus();
      case 'focus':
        return this.focusPane(shortcut.side);
      case 'widen':
        return this.layout.widen(shortcut.side);
      case 'vote':
        return this.votings().at(turnInFocus())?.vote(shortcut.choice);
      default:
        return shortcut satisfies never;
    }
  }

  /** Outside of the panes nothing tells which one is meant: both. */
  private stopFocused(): void {
    const side = SIDES.find(({ id }) => document.activeElement?.closest(`[data-side=${id}]`));
    if (side) this.store.pane(side.id).stop();
    else this.store.stopAll();
  }

  private focusPane(side: SideId): void {
    this.layout.shown.set(side);
    if (this.layout.folded() === side) this.layout.setSplit(0.5);
    // on a narrow page the pane is there only after it is shown
    setTimeout(() => {
      const row = this.rows().at(-1);
      if (row) row.focus(side);
      else
        this.heads()
          .find((head) => head.side().id === side)
          ?.focus();
    });
  }
}

/** The last one, where no turn has the focus. */
function turnInFocus(): number {
  const row = document.activeElement?.closest('tandem-turn-row');
  return row ? [...document.querySelectorAll('tandem-turn-row')].indexOf(row) : -1;
}
