import { afterNextRender, Component, computed, effect, ElementRef, inject, Injector, input, output, signal, viewChild } from '@angular/core';
import { Button, Icon, keepFocus, Menu, type MenuItem } from '@tandem/web/design';
import { type HistoryEntry, type HistoryNames } from './entry';
import { type DayGroup } from './group-by-day';
import { HistoryRow } from './history-row';

/** How many rows are there at first, and how many more when the list is scrolled to its end. */
const ROWS = 60;
const NEAR_PX = 400;

const ACTIONS: readonly MenuItem[] = [
  { id: 'rename', label: 'Rename', icon: 'pencil' },
  { id: 'json', label: 'Export as JSON', icon: 'download' },
  { id: 'markdown', label: 'Export as Markdown', icon: 'download' },
  { id: 'delete', label: 'Delete', icon: 'trash' },
];

/** A new name for an entry. */
export interface Naming {
  readonly id: string;
  readonly title: string;
}

/** An entry, and the kind of file that it is wanted as. */
export interface ExportForm {
  readonly id: string;
  readonly as: 'json' | 'markdown';
}

/** All entries of a history: found, opened, named, taken along and deleted. What that means, its page knows. */
@Component({
  selector: 'tandem-history-sidebar',
  imports: [Button, HistoryRow, Icon, Menu],
  templateUrl: './history-sidebar.html',
  styleUrl: './history-sidebar.css',
})
export class HistorySidebar {
  readonly names = input.required<HistoryNames>();
  readonly groups = input.required<readonly DayGroup<HistoryEntry>[]>();
  /** Id of the entry that is shown. */
  readonly shown = input<string>();
  readonly query = input('');
  /** Whether the groups are all there are: nothing is still read or searched. */
  readonly isComplete = input(true);
  /** Why no other entry can be opened now; empty where it can. */
  readonly blocked = input('');

  /** What stands in the place of an empty list. */
  readonly empty = input('');
  /** Whether there is more than the groups have, for who scrolls to their end. */
  readonly hasMore = input(false);

  readonly find = output<string>();
  readonly choose = output<string>();
  readonly rename = output<Naming>();
  readonly export = output<ExportForm>();
  readonly delete = output<string>();
  /** The end of the groups is near. */
  readonly more = output();

  protected readonly actions = ACTIONS;
  protected readonly title = computed(() => capitalised(this.names().many));
  protected readonly kind = computed(() => capitalised(this.names().one));
  protected readonly menuFor = signal<string | undefined>(undefined);
  protected readonly renaming = signal<string | undefined>(undefined);
  private readonly rows = signal(ROWS);
  protected readonly shownGroups = computed(() => {
    let left = this.rows();
    return this.groups().flatMap(({ name, members }) => {
      const shown = members.slice(0, Math.max(0, left));
      left -= shown.length;
      return shown.length > 0 ? [{ name, members: shown }] : [];
    });
  });
  protected readonly matches = computed(() => this.groups().reduce((sum, { members }) => sum + members.length, 0));

  private readonly menu = viewChild.required(Menu);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly ids = computed(() => this.shownGroups().flatMap(({ members }) => members.map(({ id }) => id)));
  /** How many rows there were when a person asked for more: who goes on reads the one behind them. */
  private readonly furtherThan = signal<number | undefined>(undefined);
  /** What a person deleted, and which row it was. */
  private readonly leaving = signal<{ readonly id: string; readonly at: number } | undefined>(undefined);

  constructor() {
    effect(() => {
      const at = this.furtherThan();
      const isThere = at !== undefined && this.ids().length > at;
      if (at === undefined || (!isThere && this.hasMore())) return;
      this.furtherThan.set(undefined);
      if (isThere) afterNextRender({ write: () => this.openers()[at]?.focus() }, { injector: this.injector });
    });
    effect(() => {
      const leaving = this.leaving();
      if (!leaving || this.ids().includes(leaving.id)) return;
      this.leaving.set(undefined);
      const nearest = (): HTMLElement | null | undefined => this.openers()[leaving.at] ?? this.openers().at(-1) ?? this.host.querySelector('input');
      keepFocus(this.injector, nearest);
    });
  }

  protected look(text: string): void {
    this.rows.set(ROWS);
    this.find.emit(text);
  }

  protected showMore({ scrollTop, clientHeight, scrollHeight }: Element): void {
    if (scrollHeight - clientHeight - scrollTop >= NEAR_PX) return;
    if (this.rows() < this.matches()) this.rows.update((rows) => rows + ROWS);
    else if (this.hasMore()) this.goFurther();
  }

  protected goFurther(): void {
    this.rows.update((rows) => rows + ROWS);
    this.more.emit();
  }

  protected readFurther(): void {
    this.furtherThan.set(this.ids().length);
    this.goFurther();
  }

  protected openMenu(id: string, anchor: Element): void {
    this.menuFor.set(id);
    this.menu().openAt(anchor);
  }

  protected isMenuOf(id: string): boolean {
    return this.menuFor() === id && this.menu().isOpen();
  }

  protected act(action: string): void {
    const id = this.menuFor();
    if (id === undefined) return;
    if (action === 'rename') this.renaming.set(id);
    else if (action === 'delete') this.remove(id);
    else this.export.emit({ id, as: action === 'markdown' ? 'markdown' : 'json' });
  }

  private remove(id: string): void {
    this.leaving.set({ id, at: this.ids().indexOf(id) });
    this.delete.emit(id);
  }

  private openers(): readonly HTMLElement[] {
    return [...this.host.querySelectorAll<HTMLElement>('.opener')];
  }

  protected endRename(id: string, title: string | undefined): void {
    this.renaming.set(undefined);
    if (title !== undefined) this.rename.emit({ id, title });
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
