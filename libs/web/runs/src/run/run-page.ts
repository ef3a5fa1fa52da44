import { Component, computed, effect, type ElementRef, inject, Injector, signal, untracked, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { summarise } from '@tandem/web/composer';
import { CatalogueStore, RunRequests } from '@tandem/web/data-access';
import { Button, ConfirmDialog, Icon, keepFocus, Menu, type MenuItem, ProgressBar, StatusMark } from '@tandem/web/design';
import { ModelsStore } from '@tandem/web/model-status';
import { FaultNote } from '@tandem/web/run';
import { FigureTable } from '../figures/figure-table';
import { RunPictures } from '../figures/pictures';
import { ItemDialog } from '../items/item-dialog';
import { ItemRows } from '../items/item-rows';
import { ItemTable } from '../items/item-table';
import { RUN_PARAMETERS } from '../start/run-form';
import { isOver, modelsOf, sayCounts, sayRunState, sayTask, titleOf } from '../words/say-run';
import { type RunAction, RunWatch } from './run-watch';

const EXPORTS: readonly MenuItem[] = [
  { id: 'html', label: 'As one HTML page', icon: 'download' },
  { id: 'csv', label: 'As CSV', icon: 'download' },
  { id: 'jsonl', label: 'As JSON Lines', icon: 'download' },
];

/** One run: how far it is, what it found, and every item of it. */
@Component({
  selector: 'tandem-run-page',
  imports: [Button, ConfirmDialog, FaultNote, FigureTable, Icon, ItemDialog, ItemTable, Menu, ProgressBar, RouterLink, RunPictures, StatusMark],
  templateUrl: './run-page.html',
  styleUrls: ['../page.css', './run-page.css'],
  host: { class: 'page-scroller' },
})
export class RunPage {
  private readonly catalogue = inject(CatalogueStore);
  private readonly requests = inject(RunRequests);
  private readonly router = inject(Router);
  private readonly address = toSignal(inject(ActivatedRoute).paramMap);

  private readonly id = computed(() => this.address()?.get('run') ?? '');
  protected readonly watch = signal<RunWatch | undefined>(undefined);
  protected readonly rows = signal<ItemRows | undefined>(undefined);
  /** How many items were answered when the rows were read. */
  private readonly rowsOf = signal(0);
  /** Which of the sides is compared with the baseline, from 0. */
  protected readonly at = signal(0);
  protected readonly opened = signal<number | undefined>(undefined);
  protected readonly isDeleting = signal(false);
  protected readonly exports = EXPORTS;
  protected readonly isOver = isOver;
  protected readonly sayCounts = sayCounts;
  protected readonly sayTask = sayTask;
  protected readonly sayState = sayRunState;
  protected readonly titleOf = computed(() => {
    const cards = this.catalogue.byId();
    return (id: string): string => titleOf(id, cards);
  });

  protected readonly run = computed(() => this.watch()?.run());
  private readonly isKnown = computed(() => this.run() !== undefined);
  protected readonly models = computed(() => modelsOf(this.run() ?? {}));
  protected readonly titles = computed<readonly [string, string]>(() => [
    this.titleOf()(this.models()[0] ?? ''),
    this.titleOf()(this.models()[this.at() + 1] ?? ''),
  ]);
  protected readonly parameters = computed(() => {
    const run = this.run();
    return run ? summarise({ ...RUN_PARAMETERS, ...run.parameters }, '').join(' · ') : '';
  });
  protected readonly progress = computed(() => {
    const { total = 0, queued = 0 } = this.run()?.counts ?? {};
    return total === 0 ? 0 : (total - queued) / total;
  });
  protected readonly isOld = computed(() => (this.rows()?.isLong() ?? false) && (this.watch()?.answered() ?? 0) > this.rowsOf());
  protected readonly item = computed(() => this.rows()?.items()?.[this.opened() ?? -1]);
  protected readonly hasNext = computed(() => {
    const rows = this.rows();
    return (this.opened() ?? 0) + 1 < (rows?.items()?.length ?? 0) || rows?.hasMore() === true;
  });
  private readonly table = viewChild(ItemTable);
  private readonly head = viewChild<ElementRef<HTMLElement>>('head');
  private readonly injector = inject(Injector);

  constructor() {
    inject(ModelsStore).follow();
    effect((onCleanup) => {
      const id = this.id();
      const watch = untracked(() => this.follow(id));
      onCleanup(() => watch.close());
    });
    effect(() => {
      const answered = this.watch()?.answered() ?? 0;
      const mayChange = this.isKnown() && this.opened() === undefined;
      if (mayChange) untracked(() => void this.readRows(answered));
    });
  }

  protected openMenu(menu: Menu, { currentTarget }: Event): void {
    if (currentTarget instanceof Element) menu.openAt(currentTarget);
  }

  protected export(format: string): void {
    const link = document.createElement('a');
    link.href = this.requests.exportAddress(this.id(), format);
    link.download = '';
    link.click();
  }

  /** What was pressed may be gone with it. */
  protected async act(action: RunAction): Promise<void> {
    await this.watch()?.act(action);
    keepFocus(this.injector, () => this.head()?.nativeElement.querySelector<HTMLElement>('button'));
  }

  protected async remove(): Promise<void> {
    if (await this.watch()?.remove()) await this.router.navigate(['/runs']);
  }

  /** The row that was looked at last has the focus again. */
  protected close(): void {
    const last = this.opened();
    this.opened.set(undefined);
    if (last !== undefined) setTimeout(() => this.table()?.focusRow(last));
  }

  protected async step(by: 1 | -1): Promise<void> {
    const next = (this.opened() ?? 0) + by;
    if (next >= (this.rows()?.items()?.length ?? 0)) await this.rows()?.more();
    if (this.opened() !== undefined && this.rows()?.items()?.[next]) this.opened.set(next);
  }

  private follow(id: string): RunWatch {
    const watch = new RunWatch(this.requests, id);
    this.watch.set(watch);
    this.rows.set(new ItemRows(this.requests, id));
    this.rowsOf.set(-1);
    this.at.set(0);
    this.opened.set(undefined);
    return watch;
  }

  protected async renew(): Promise<void> {
    this.rowsOf.set(this.watch()?.answered() ?? 0);
    await this.rows()?.refresh();
  }

  /** Rows are read with the figures, so that they tell of the same items; an item that is open stays as it is. */
  private async readRows(answered: number): Promise<void> {
    if (answered !== this.rowsOf() && !this.rows()?.isLong()) await this.renew();
  }
}
