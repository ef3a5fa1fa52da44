import { Component, computed, effect, inject, input, linkedSignal, model, output, signal } from '@angular/core';
import { ADAPTER_SCALE, type ModelCard, type ModelEntry, type ModelTestBody, PROTOCOLS, type ValueRange } from '@tandem/shared/contracts';
import { ModelAdditions, RunFailure, type RunFault, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { Button, type Choice, Choices, copyText, Dialog, Icon, NumberField, StatusMark, TextField } from '@tandem/web/design';
import { sayHealth } from '@tandem/web/model-status';
import { type ModelBegun, ModelForm } from './model-form';

const SIDES: readonly Choice<'baseline' | 'twodelta'>[] = [
  { value: 'twodelta', label: 'Two Delta' },
  { value: 'baseline', label: 'Baseline' },
];
const TOKENS: ValueRange = { min: 1, max: 100_000_000, exclusiveMin: false, integer: true };
const AMOUNT: ValueRange = { min: 0, max: 1_000_000, exclusiveMin: false, integer: false };

/** A form for a model that is not configured: it is tried, then written into the configuration file or shown as JSON to copy. */
@Component({
  selector: 'tandem-add-model',
  imports: [Button, Choices, Dialog, Icon, NumberField, StatusMark, TextField],
  templateUrl: './add-model.html',
  styleUrl: './add-model.css',
})
export class AddModel {
  readonly cards = input.required<readonly ModelCard[]>();
  readonly isOpen = model.required<boolean>();
  /** What it begins with, where that is known. */
  readonly begun = input<ModelBegun>();
  /** The id of what was added. */
  readonly added = output<string>();

  private readonly additions = inject(ModelAdditions);
  protected readonly form = new ModelForm();
  protected readonly sides = SIDES;
  protected readonly protocols = PROTOCOLS;
  protected readonly tokens = TOKENS;
  protected readonly amount = AMOUNT;
  protected readonly scale = ADAPTER_SCALE;
  /** What can be compared with: all that is no derivative itself. */
  protected readonly baselines = computed(() => this.cards().filter(({ role }) => role !== 'twodelta'));

  protected readonly token = signal('');
  protected readonly needsToken = signal(false);
  protected readonly busy = signal<'test' | 'add' | undefined>(undefined);
  /** What the test of an entry found, until another entry is written. */
  private readonly finding = linkedSignal<ModelEntry, ModelTestBody | undefined>({ source: () => this.form.entry(), computation: () => undefined });
  protected readonly fault = signal<Pick<RunFault, 'message' | 'param'> | undefined>(undefined);
  protected readonly isJsonShown = signal(false);
  protected readonly isCopied = signal(false);

  protected readonly found = computed(() => {
    const finding = this.finding();
    if (!finding) return undefined;
    const { word, kind } = sayHealth({ ...finding, status: finding.health, checked_at: '', model: '', endpoint: '', last_answer_at: null });
    return { word, kind, text: [finding.detail, finding.hint].filter(Boolean).join(' ') };
  });

  constructor() {
    effect(() => {
      const begun = this.begun();
      if (begun) this.form.begin(begun);
    });
  }

  /** Whether the server found that field at fault. */
  protected isWrong(field: string): boolean {
    return this.fault()?.param === `entry.${field}`;
  }

  protected test(): Promise<void> {
    return this.ask('test', async () => {
      const entry = this.form.entry();
      const finding = await this.additions.test(entry, this.token().trim());
      if (this.form.entry() === entry) this.finding.set(finding);
    });
  }

  protected add(): Promise<void> {
    return this.ask('add', async () => {
      const id = await this.additions.add(this.form.fields().side, this.form.entry(), this.token().trim());
      this.form.clear();
      this.added.emit(id);
      this.isOpen.set(false);
    });
  }

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(this.form.json()));
  }

  private async ask(what: 'test' | 'add', act: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.finding.set(undefined);
    this.isCopied.set(false);
    const missing = this.form.missing();
    this.fault.set(missing ? { message: missing } : undefined);
    if (missing) return;
    this.busy.set(what);
    await act().catch((failure: unknown) => this.refuse(failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER));
    this.busy.set(undefined);
  }

  private refuse(fault: RunFault): void {
    this.fault.set(fault);
    if (fault.code === 'unauthorized') this.needsToken.set(true);
    // where it cannot be written, it can be copied
    if (fault.code === 'forbidden' || fault.code === 'conflict' || fault.code === 'unauthorized') this.isJsonShown.set(true);
  }
}
