import {
  afterNextRender,
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { RunFilter, RunSort } from '@tandem/shared/contracts';
import { Button, Icon, StatusMark } from '@tandem/web/design';
import { FaultNote } from '@tandem/web/run';
import { pairOf } from './item-answers';
import { RowMaker } from './item-row';
import type { ItemRows } from './item-rows';
import { type RowWindow, windowOf } from './row-window';
import { Similarities } from './similarities';

/** Before one was measured, in pixels. */
const USUAL_ROW = 64;
/** The next page is asked for when the last row that is there is so near, in rows. */
const NEAR = 40;

const SORTS: readonly { readonly value: RunSort; readonly label: string }[] = [
  { value: 'id', label: 'order of the set' },
  { value: 'divergence', label: 'divergence' },
  { value: 'length_ratio', label: 'length ratio' },
  { value: 'latency', label: 'time' },
];
const FILTERS: readonly { readonly value: RunFilter | undefined; readonly label: string }[] = [
  { value: undefined, label: 'all' },
  { value: 'flips', label: 'flips' },
  { value: 'disagree', label: 'different answers' },
  { value: 'failed', label: 'failed' },
  { value: 'state:done', label: 'answered' },
  { value: 'state:queued', label: 'still to be asked' },
];

/** The items of a run, however many: of the rows those are made that are in view, and some beyond. */
@Component({
  selector: 'tandem-item-table',
  imports: [Button, FaultNote, Icon, StatusMark],
  templateUrl: './item-table.html',
  styleUrl: './item-table.css',
})
export class ItemTable {
  readonly rows = input.required<ItemRows>();
  /** Which of the sides is compared with the baseline, from 0. */
  readonly at = input(0);
  /** Items of the run, whether they are shown or not. */
  readonly total = input.required<number>();
  /** Whether the run measures divergence. */
  readonly isScored = input(false);
  /** Whether more was answered since the rows were read. */
  readonly isOld = input(false);
  /** A row is to be opened: its place among those that are there. */
  readonly open = output<number>();
  /** What came since is to be read. */
  readonly renew = output();

  protected readonly sorts = SORTS;
  protected readonly filters = FILTERS;
  protected readonly items = computed(() => this.rows().items() ?? []);
  private readonly similarities = new Similarities();
  private readonly maker = computed(() => new RowMaker(this.at(), this.similarities));
  private readonly rowHeight = signal(USUAL_ROW);
  protected readonly window = signal<RowWindow>({ from: 0, to: 0 }, { equal: (a, b) => a.from === b.from && a.to === b.to });
  private readonly inView = computed(() => this.items().slice(this.window().from, this.window().to));
  protected readonly shown = computed(() => this.inView().map((item, at) => ({ index: this.window().from + at, ...this.maker().of(item) })));
  private readonly hasRows = computed(() => this.inView().length > 0);
  /** The room of the rows above and below those that are made, in pixels. */
  protected readonly room = computed(() => {
    const { from, to } = this.window();
    return { above: from * this.rowHeight(), below: Math.max(0, this.items().length - to) * this.rowHeight() };
  });
  /** How many rows there are in all; -1 where nobody knows yet. */
  protected readonly rowCount = computed(() => {
    const { filter } = this.rows().list();
    if (filter === undefined) return this.total() + 1;
    return this.rows().hasMore() ? -1 : this.items().length + 1;
  });
  private readonly injector = inject(Injector);
  private readonly body = viewChild.required<ElementRef<HTMLElement>>('body');

  constructor() {
    const look = (): void => this.look();
    // whichever of its ancestors scrolls
    document.addEventListener('scroll', look, { capture: true, passive: true });
    addEventListener('resize', look);
    inject(DestroyRef).onDestroy(() => {
      document.removeEventListener('scroll', look, { capture: true });
      removeEventListener('resize', look);
    });
    // where only the window has moved, nothing else has: that is not to be laid out twice
    afterRenderEffect(() => {
      this.items();
      this.hasRows();
      this.look();
    });
    effect(() => this.similarities.look(this.inView().map((item) => pairOf(item, this.at()))));
  }

  protected sort(index: number): void {
    void this.rows().show({ ...this.rows().list(), sort: SORTS[index]?.value ?? 'id' });
  }

  protected filter(index: number): void {
    void this.rows().show({ ...this.rows().list(), filter: FILTERS[index]?.value });
  }

  /** Brings the row into view, and the focus to it. */
  focusRow(index: number): void {
    if (this.buttonOf(index)) return this.focus(index);
    const { top } = this.body().nativeElement.getBoundingClientRect();
    const by = top + index * this.rowHeight() - innerHeight / 2;
    for (const scroller of [this.body().nativeElement.closest('.page-scroller'), document.scrollingElement]) scroller?.scrollBy(0, by);
    this.look();
    afterNextRender(() => this.focus(index), { injector: this.injector });
  }

  protected step(event: Event, index: number, by: number): void {
    event.preventDefault();
    this.focusRow(index + by);
  }

  private focus(index: number): void {
    const button = this.buttonOf(index);
    button?.focus();
    button?.scrollIntoView({ block: 'nearest' });
  }

  private buttonOf(index: number): HTMLElement | null {
    return this.body().nativeElement.querySelector<HTMLElement>(`[data-index="${index}"] button`);
  }

  private look(): void {
    const body = this.body().nativeElement;
    const height = body.querySelector<HTMLElement>('.row')?.offsetHeight;
    if (height) this.rowHeight.set(height);
    const above = -body.getBoundingClientRect().top;
    const rows = this.items().length;
    const view = windowOf({ above, height: innerHeight, rowHeight: this.rowHeight(), rows });
    this.window.set(view);
    if (view.to > rows - NEAR && this.rows().fault() === undefined) void this.rows().more();
  }
}
