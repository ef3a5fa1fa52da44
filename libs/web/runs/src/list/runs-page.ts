import { Component, computed, DestroyRef, ElementRef, inject, Injector, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { RunCard } from '@tandem/shared/contracts';
import { CatalogueStore, RunRequests } from '@tandem/web/data-access';
import { Button, ConfirmDialog, Icon, keepFocus, StatusMark } from '@tandem/web/design';
import { Clock, defaultPair, sayAgo } from '@tandem/web/model-status';
import { FaultNote } from '@tandem/web/run';
import { isOver, modelsOf, sayCounts, sayRunState, sayTask, titleOf } from '../words/say-run';
import { RunList } from './run-list';

/** How often runs that go on are looked at, in milliseconds. */
const LOOK_MS = 2_000;

/** The sets that come with Tandem, as a first run offers them. */
const SHIPPED = [
  { id: 'general', does: 'knowledge, arithmetic, logic and language' },
  { id: 'format', does: 'whether an answer has the form that was asked for' },
] as const;

/** Every run: over which models and prompts, how far it is, and the way to it. */
@Component({
  selector: 'tandem-runs-page',
  imports: [Button, ConfirmDialog, FaultNote, Icon, RouterLink, StatusMark],
  templateUrl: './runs-page.html',
  styleUrls: ['../page.css', './runs-page.css'],
  host: { class: 'page-scroller' },
})
export class RunsPage {
  private readonly catalogue = inject(CatalogueStore);
  protected readonly list = new RunList(inject(RunRequests));
  private readonly nowMs = inject(Clock).nowMs;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  protected readonly shipped = SHIPPED;
  protected readonly deleting = signal<RunCard | undefined>(undefined);
  protected readonly said = signal('');
  protected readonly rows = computed(() => {
    const [cards, nowMs] = [this.catalogue.byId(), this.nowMs()];
    return (this.list.runs() ?? []).map((run) => {
      const [first = '', ...others] = modelsOf(run).map((id) => titleOf(id, cards));
      return {
        run,
        ...{ first, others, task: sayTask(run), counts: sayCounts(run.counts), state: sayRunState(run.state), ago: sayAgo(run.created_at, nowMs) },
        mayGo: isOver(run.state) || run.state === 'paused',
      };
    });
  });
  protected readonly pair = computed(() => {
    const cards = this.catalogue.byId();
    const [baseline, derivative] = defaultPair(this.catalogue.cards()).map((id) => id ?? '');
    return baseline && derivative ? `${titleOf(baseline, cards)} and ${titleOf(derivative, cards)}` : '';
  });

  constructor() {
    void this.catalogue.load();
    void this.list.load();
    const timer = setInterval(() => {
      if (this.list.isMoving() && document.visibilityState === 'visible') void this.list.look();
    }, LOOK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async remove(): Promise<void> {
    const run = this.deleting();
    this.deleting.set(undefined);
    const at = this.rows().findIndex((row) => row.run.id === run?.id);
    if (!run || !(await this.list.remove(run.id))) return;
    this.said.set(`Deleted: the run over ${run.prompt_set.name}`);
    keepFocus(this.injector, () => this.links()[at] ?? this.links().at(-1) ?? this.host.querySelector('a'));
  }

  protected async more(): Promise<void> {
    const before = this.rows().length;
    await this.list.more();
    keepFocus(this.injector, () => this.links()[before]);
  }

  private links(): readonly HTMLElement[] {
    return [...this.host.querySelectorAll<HTMLElement>('a.title')];
  }
}
