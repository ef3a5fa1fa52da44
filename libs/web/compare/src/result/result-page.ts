import { Component, computed, effect, ElementRef, inject, Injector, signal, untracked, viewChild, viewChildren } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { CatalogueStore } from '@tandem/web/data-access';
import { Button, copyText, Icon, keepFocus, loadMarkdownRenderer, Menu, type MenuItem, NameBox } from '@tandem/web/design';
import { VoteReadout } from '@tandem/web/kept';
import { ModelsStore } from '@tandem/web/model-status';
import { permalinkOf } from '../sharing/sharing';
import { voteOf } from '../shortcuts';
import { type SideId } from '../side/sides';
import { Layout } from '../stage/layout';
import { TurnRow } from '../turn/turn-row';
import { TurnsInView } from '../turn/turns-in-view';
import { keptSides } from './kept-facts';
import { KeptVoting } from './kept-voting';
import { ResultStore } from './result-store';

const FORMATS: readonly MenuItem[] = [
  { id: 'html', label: 'HTML: opens anywhere', icon: 'download' },
  { id: 'md', label: 'Markdown', icon: 'download' },
  { id: 'csv', label: 'CSV: a row for each turn', icon: 'download' },
  { id: 'json', label: 'JSON: can be kept again', icon: 'download' },
  { id: 'jsonl', label: 'JSON Lines', icon: 'download' },
];

/** Where there is no room for both sides, the answers of a turn stand one below the other; nothing of that is this browser's choice. */
const LAYOUT: Pick<Layout, 'isStacked' | 'folded'> = { isStacked: signal(true), folded: signal(undefined) };

/** A comparison that the server keeps, to be read, voted on, taken along and gone on with. */
@Component({
  selector: 'tandem-result-page',
  imports: [Button, Icon, KeptVoting, Menu, NameBox, RouterLink, TurnRow, VoteReadout],
  providers: [ResultStore, { provide: TurnsInView, useExisting: ResultStore }, { provide: Layout, useValue: LAYOUT }],
  templateUrl: './result-page.html',
  styleUrl: './result-page.css',
  host: { class: 'stacked', '(document:keydown)': 'onKey($event)' },
})
export class ResultPage {
  protected readonly store = inject(ResultStore);
  protected readonly catalogue = inject(CatalogueStore);
  private readonly title = inject(Title);

  private readonly route = toSignal(inject(ActivatedRoute).paramMap, { requireSync: true });
  /** From the address. */
  protected readonly id = computed(() => this.route().get('id') ?? '');

  protected readonly formats = FORMATS;
  protected readonly isRenaming = signal(false);
  protected readonly isCopied = signal(false);
  protected readonly obstacle = signal('');
  protected readonly sides = computed(() => {
    const comparison = this.store.comparison();
    return comparison ? keptSides(comparison, this.catalogue.byId()) : [];
  });
  protected readonly when = computed(() => {
    const made = new Date(this.store.comparison()?.created_at ?? 0);
    return made.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
  });
  protected readonly by = computed(() => {
    const comparison = this.store.comparison();
    return (side: SideId, model: string): string => {
      const own = side === 'baseline' ? comparison?.baseline : comparison?.derivative;
      return model === own || model === '' ? '' : (this.catalogue.byId().get(model)?.title ?? model);
    };
  });

  private readonly votings = viewChildren<KeptVoting>('voting');
  private readonly naming = viewChild<string, ElementRef<HTMLElement>>('naming', { read: ElementRef });
  private readonly injector = inject(Injector);

  constructor() {
    inject(ModelsStore).follow();
    void loadMarkdownRenderer().catch(() => undefined);
    effect(() => {
      const id = this.id();
      untracked(() => void this.store.open(id));
    });
    effect(() => {
      const title = this.store.comparison()?.title;
      if (title !== undefined) this.title.setTitle(`${title} · Tandem`);
    });
  }

  protected rename(title: string | undefined): void {
    this.isRenaming.set(false);
    keepFocus(this.injector, () => this.naming()?.nativeElement);
    if (title !== undefined) void this.store.change({ title });
  }

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(permalinkOf(this.id())));
    setTimeout(() => this.isCopied.set(false), 1_500);
  }

  protected openMenu(menu: Menu, { currentTarget }: Event): void {
    if (currentTarget instanceof Element) menu.openAt(currentTarget);
  }

  /** The browser saves what the server sends. */
  protected export(format: string): void {
    const link = document.createElement('a');
    link.href = `api/comparisons/${this.id()}/export?format=${format}`;
    link.download = '';
    link.click();
  }

  protected async goOn(): Promise<void> {
    this.obstacle.set(await this.store.goOn());
  }

  protected onKey(event: KeyboardEvent): void {
    const choice = voteOf(event);
    const voting = choice && this.votings()[turnInView()];
    if (!voting) return;
    event.preventDefault();
    voting.vote(choice);
  }
}

/** The turn that has the focus, else the one in the middle of the window. */
function turnInView(): number {
  const rows = [...document.querySelectorAll('tandem-turn-row')];
  const focused = document.activeElement?.closest('tandem-turn-row');
  if (focused) return rows.indexOf(focused);
  return Math.max(
    0,
    rows.findLastIndex((row) => row.getBoundingClientRect().top < innerHeight / 2),
  );
}
