import { computed, effect, inject, Service, signal } from '@angular/core';
import { type SamplingParameters, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { DraftStorage } from '@tandem/web/composer';
import { CatalogueStore, StreamTransport } from '@tandem/web/data-access';
import { defaultPair } from './default-pair';
import { type LinkState, readLink, writeLink } from './link-state';
import { PaneStore } from './pane/pane-store';
import { type Side, SIDES } from './pane/sides';
import { type KeptTurns, TurnStorage } from './turn-storage';

const draftStorage = new DraftStorage('tandem.draft');
const turnStorage = new TurnStorage();

/**
 * One comparison: a prompt, its settings and the two sides that answer it. Sends to both at once and knows when both
 * have ended; each pane store owns its own runs.
 */
@Service()
export class CompareStore {
  private readonly catalogue = inject(CatalogueStore);
  private readonly transport = inject(StreamTransport);
  private readonly pair = computed(() => defaultPair(this.catalogue.cards()));

  private readonly _draft = signal('');
  private readonly _parameters = signal<SamplingParameters>(STREAM_PARAMETERS);
  private readonly _system = signal('');
  private readonly lastPrompt = signal('');
  private isOpen = false;

  readonly draft = this._draft.asReadonly();
  readonly parameters = this._parameters.asReadonly();
  /** System prompt; blank for none. */
  readonly system = this._system.asReadonly();

  readonly panes: Readonly<Record<Side, PaneStore>> = { baseline: this.createPane('baseline'), derivative: this.createPane('derivative') };
  readonly isRunning = computed(() => SIDES.some((side) => this.panes[side].isRunning()));
  readonly turns = computed(() => Math.max(...SIDES.map((side) => this.panes[side].answers().length)));
  /** Whether a prompt would be sent now. */
  readonly canSend = computed(() => this._draft().trim() !== '' && !this.isRunning() && SIDES.every((side) => this.panes[side].modelId() !== null));
  /** The query of an address that leads to this comparison: what is being written, else what was asked last. */
  readonly link = computed(() =>
    writeLink({
      baseline: this.panes.baseline.modelId(),
      derivative: this.panes.derivative.modelId(),
      prompt: this._draft().trim() === '' ? this.lastPrompt() : this._draft(),
      parameters: this._parameters(),
      system: this._system(),
    }),
  );

  constructor() {
    effect(() => {
      for (const side of SIDES) this.panes[side].turningPoints();
      this.keepTurns();
    });
    // with what has come since the last turning point
    addEventListener('pagehide', () => this.keepTurns());
  }

  /** Begins with what an address carries. A page that is come back to goes on with what is there: its address may be another one's. */
  open(query: string): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.restore(query);
  }

  /** Takes what an address carries; a draft that was kept wins over no prompt, never over one. Sends nothing. */
  restore(query: string): LinkState {
    const state = readLink(query);
    const turns = turnStorage.read();
    if (turns) return this.goOnWith(turns, state);
    this.panes.baseline.choose(state.baseline);
    this.panes.derivative.choose(state.derivative);
    this._draft.set(state.prompt || draftStorage.read());
    this._parameters.set(state.parameters);
    this._system.set(state.system);
    return state;
  }

  setDraft(text: string): void {
    this._draft.set(text);
    draftStorage.write(text);
  }

  setParameters(parameters: SamplingParameters): void {
    this._parameters.set(parameters);
  }

  setSystem(text: string): void {
    this._system.set(text);
  }

  /** Asks both sides; nothing while either still answers. Tells whether it sent. */
  send(): boolean {
    if (!this.canSend()) return false;
    const prompt = this._draft();
    const settings = { parameters: this._parameters(), system: this._system() };
    for (const side of SIDES) this.panes[side].ask(prompt, settings);
    this.lastPrompt.set(prompt);
    this.setDraft('');
    return true;
  }

  stopAll(): void {
    for (const side of SIDES) this.panes[side].stop();
  }

  /** Ends what runs and forgets the turns; the pair and the settings stay. */
  startOver(): void {
    for (const side of SIDES) this.panes[side].clear();
    this.lastPrompt.set('');
  }

  /** After a reload the address still names the prompt that was sent last: it is among the turns, and no draft. */
  private goOnWith(turns: KeptTurns, state: LinkState): LinkState {
    const settings = { parameters: state.parameters, system: state.system };
    for (const side of SIDES) {
      this.panes[side].choose(state[side]);
      this.panes[side].restore(turns[side], settings);
    }
    const sent = turns.derivative.at(-1)?.answer.prompt ?? turns.baseline.at(-1)?.answer.prompt ?? '';
    this.lastPrompt.set(sent);
    this._draft.set(draftStorage.read() || (state.prompt === sent ? '' : state.prompt));
    this._parameters.set(state.parameters);
    this._system.set(state.system);
    return state;
  }

  private keepTurns(): void {
    turnStorage.write({ baseline: this.panes.baseline.keep(), derivative: this.panes.derivative.keep() });
  }

  private createPane(side: Side): PaneStore {
    const fallback = computed(() => this.pair()[side]);
    return new PaneStore(side, fallback, { transport: this.transport }, (name) => this.catalogue.idOf(name));
  }
}
