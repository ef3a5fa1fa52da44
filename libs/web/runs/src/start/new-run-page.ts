import { Component, computed, effect, ElementRef, inject, Injector, signal, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { RUN_LIMITS, type ValueRange } from '@tandem/shared/contracts';
import { ParameterSet, summarise } from '@tandem/web/composer';
import { CatalogueStore, type RunFault, RunRequests } from '@tandem/web/data-access';
import { Button, type Choice, Choices, Icon, keepFocus, NumberField } from '@tandem/web/design';
import { defaultPair, ModelPicker, ModelsStore, toOption, Unreachable } from '@tandem/web/model-status';
import { FaultNote } from '@tandem/web/run';
import { faultOf } from '../words/fault-of';
import { PromptSetPicker } from './prompt-set-picker';
import { RunForm, type RunKind } from './run-form';

const KINDS: readonly Choice<RunKind>[] = [
  { value: 'pair', label: 'A pair' },
  { value: 'variants', label: 'Several models' },
];
const REPEATS: ValueRange = { min: 1, max: RUN_LIMITS.repeats, exclusiveMin: false, integer: true };

/** Puts a run together: which models, which prompts, and how they are asked. */
@Component({
  selector: 'tandem-new-run-page',
  imports: [Button, Choices, FaultNote, Icon, ModelPicker, NumberField, ParameterSet, PromptSetPicker, RouterLink, Unreachable],
  templateUrl: './new-run-page.html',
  styleUrls: ['../page.css', './new-run-page.css'],
  host: { class: 'page-scroller' },
})
export class NewRunPage {
  protected readonly catalogue = inject(CatalogueStore);
  private readonly all = inject(ModelsStore);
  private readonly requests = inject(RunRequests);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly asked = toSignal(inject(ActivatedRoute).queryParamMap);

  protected readonly form = new RunForm();
  protected readonly kinds = KINDS;
  protected readonly repeats = REPEATS;
  protected readonly models = this.all.models;
  protected readonly slots = computed(() => this.form.models().map((id, at) => ({ at, purpose: this.purposeOf(at), chosen: this.optionOf(id) })));
  protected readonly parameters = computed(() => summarise(this.form.parameters(), '').join(' · '));
  protected readonly scoringObstacle = computed(() => this.form.scoringObstacle(this.catalogue.byId()));
  private readonly set = viewChild(ParameterSet);
  private readonly howOften = viewChild(NumberField);
  protected readonly obstacle = computed(() => {
    const wrong = [...(this.howOften()?.fault() ? ['Repeats'] : []), ...(this.set()?.faults() ?? [])];
    return wrong.length > 0 ? `Correct first: ${wrong.join(', ')}.` : this.form.obstacle(this.catalogue.byId());
  });
  protected readonly isStarting = signal(false);
  protected readonly fault = signal<RunFault | undefined>(undefined);
  protected readonly failure = computed(() => {
    const state = this.catalogue.state();
    return state.kind === 'failed' ? state.fault.message : undefined;
  });

  constructor() {
    this.all.follow();
    const query = this.asked();
    this.form.set.set(query?.get('set') ?? undefined);
    const taken = effect(() => {
      if (this.catalogue.state().kind !== 'ready') return;
      const [baseline = null, derivative = null] = defaultPair(this.catalogue.cards());
      const named = (side: string): string | null => (query?.get(side) ? this.catalogue.idOf(query.get(side) ?? '') : null);
      this.form.takePair(named('baseline') ?? baseline, named('twodelta') ?? derivative);
      taken.destroy();
    });
  }

  protected takeOut(at: number): void {
    this.form.removeModel(at);
    this.focusSlot(at);
  }

  protected add(): void {
    this.form.addModel();
    this.focusSlot(this.slots().length - 1);
  }

  protected async start(): Promise<void> {
    if (this.isStarting() || this.obstacle() !== '') return;
    this.isStarting.set(true);
    this.fault.set(undefined);
    try {
      const { id } = await this.requests.start(this.form.request(this.catalogue.byId()));
      await this.router.navigate(['/runs', id]);
    } catch (failure) {
      this.fault.set(faultOf(failure));
    }
    this.isStarting.set(false);
  }

  /** The slot that is there now, or the one before, where what was pressed is gone. */
  private focusSlot(at: number): void {
    const last = this.slots().length - 1;
    keepFocus(this.injector, () => this.host.querySelectorAll('.slots li')[Math.min(at, last)]?.querySelector('button'));
  }

  private purposeOf(at: number): string {
    if (at === 0) return 'Baseline';
    return this.form.kind() === 'pair' ? 'Two Delta' : `Variant ${at}`;
  }

  private optionOf(id: string | null) {
    const card = this.catalogue.byId().get(id ?? '');
    return card && toOption(card, this.models());
  }
}
