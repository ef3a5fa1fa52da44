import { computed, effect, inject, Injector, Service, signal, untracked } from '@angular/core';
import { type BlindReveal } from '@tandem/shared/contracts';
import { DraftStorage } from '@tandem/web/composer';
import { CatalogueStore, type StreamPosition, StreamTransport } from '@tandem/web/data-access';
import { Undo } from '@tandem/web/design';
import { defaultPair } from '@tandem/web/model-status';
import { newId } from '@tandem/web/run';
import { BlindChoiceStorage } from './blind/blind-choice-storage';
import { isVeiled } from './blind/blind-turn';
import { type KeptComparison, TurnStorage } from './keeping/turn-storage';
import { obstacleOf } from './obstacle';
import { PaneStore, type Question } from './pane/pane-store';
import { Repeating } from './repeat/repeating';
import { type LinkState, readLink, writeLink } from './settings/link-state';
import { alikeSettings } from './settings/alike-settings';
import { Settings } from './settings/settings';
import { type SideId, SIDES } from './side/sides';
import { messagesOf } from './turn/go-on';
import { Turn } from './turn/turn';
import { type GoOn, type KeptTurn, type TurnView } from './turn/turn-view';
import { type TurnsInView } from './turn/turns-in-view';
import { type View } from './views/view';

const draftStorage = new DraftStorage('tandem.draft');
const turnStorage = new TurnStorage();
/** A stream that nobody knows. */
const NOWHERE: StreamPosition = { streamId: '', number: 0 };
const blindStorage = new BlindChoiceStorage();

/**
 * One comparison: its prompts, its settings and the sides that answer. Sends to all sides at once and knows when all have
 * ended; each pane store owns its own runs.
 */
@Service()
export class CompareStore implements TurnsInView {
  private readonly catalogue = inject(CatalogueStore);
  private readonly transport = inject(StreamTransport);
  private readonly undo = inject(Undo);
  private readonly injector = inject(Injector);
  private readonly pair = computed(() => defaultPair(this.catalogue.cards()));

  private readonly _id = signal(newId());
  private readonly _draft = signal('');
  private readonly asked = signal<readonly Turn[]>([]);
  private readonly _isKept = signal(true);
  private readonly repeating = new Repeating();
  private readonly _isBlind = signal(blindStorage.read());
  private isOpen = false;
  private revision = 0;

  /** What the history calls it. */
  readonly id = this._id.asReadonly();
  readonly draft = this._draft.asReadonly();
  readonly settings = new Settings();
  /** False where the tab's storage does not take the turns: they last as long as the page. */
  readonly isKept = this._isKept.asReadonly();

  /** From left to right. */
  readonly panes: readonly PaneStore[] = SIDES.map((side, at) => {
    const fallback = computed(() => this.pair()[at] ?? null);
    return new PaneStore(side, fallback, { transport: this.transport }, (name) => this.catalogue.idOf(name));
  });
  readonly turns = computed<readonly TurnView[]>(() => this.asked().map(({ view }) => view()));
  /** Whether the next prompt is asked without anybody knowing whose answers come. */
  readonly isBlind = this._isBlind.asReadonly();
  /** Whether there are answers of which nobody may know yet whose they are. */
  readonly isVeiled = computed(() => this.turns().some(isVeiled));
  readonly isMeasuring = this.repeating.isGoingOn;
  readonly isRunning = computed(() => this.isMeasuring() || this.panes.some((pane) => pane.isRunning()));
  /** Why nothing can be sent now, and what to do; empty where it can. */
  readonly obstacle = computed(() => this.obstacleFor(this.panes));
  readonly canSend = computed(() => this.obstacle() === '');
  /** The query of an address that leads to this comparison: what is being written, else what was asked last. */
  readonly link = computed(() =>
    writeLink({
      models: this.panes.map((pane) => pane.modelId()),
      prompt: this._draft().trim() === '' ? (this.asked().at(-1)?.prompt ?? '') : this._draft(),
      settings: this.settings.each(),
      ...(this.settings.isParity() ? { isParity: true } : {}),
    }),
  );

  /** Whatever is new of the answers is worth keeping. */
  readonly turningPoints = computed(() => this.panes.map((pane) => pane.turningPoints()));

  constructor() {
    effect(() => {
      this.turningPoints();
      untracked(() => this.keepTurns());
    });
    // with what has come since the last turning point
    addEventListener('pagehide', () => this.keepTurns());
  }

  pane(side: SideId): PaneStore {
    const pane = this.panes.find((each) => each.side.id === side);
    if (!pane) throw new Error(`There is no side called ${side}.`);
    return pane;
  }

  /**
   * Begins with what an address carries, and tells whether it did. A page that is come back to goes on with what is there: its
   * address may be another one's.
   */
  open(query: string): boolean {
    if (this.isOpen) return false;
    this.isOpen = true;
    this.restore(query);
    return true;
  }

  /** A link led here to compare the models that it names: a comparison of others makes room, which can be taken back. */
  openPair(query: string): void {
    const { models } = readLink(query);
    const wanted = this.panes.map((pane, at) => (models[at] ? this.catalogue.idOf(models[at]) : pane.modelId()));
    if (this.panes.every((pane, at) => pane.modelId() === wanted[at])) return;
    this.startOver();
    for (const [at, pane] of this.panes.entries()) pane.choose(wanted[at] ?? null);
  }

  /** Takes what an address carries; a draft that was kept wins over no prompt, never over one. Sends nothing. */
  restore(query: string): LinkState {
    const state = readLink(query);
    const kept = turnStorage.read();
    for (const [at, pane] of this.panes.entries()) pane.choose(state.models[at] ?? null);
    this.settings.take(state.settings);
    if (state.isParity) this.settings.lock(true);
    if (kept) this.take(kept);
    // after a reload the address still names the prompt that was sent last: it is among the turns, and no draft
    const sent = kept?.turns.at(-1)?.prompt;
    this._draft.set(sent === undefined ? state.prompt || draftStorage.read() : draftStorage.read() || (state.prompt === sent ? '' : state.prompt));
    return state;
  }

  setDraft(text: string): void {
    this._draft.set(text);
    draftStorage.write(text);
  }

  /** Why these sides cannot be asked now; empty where they can. */
  obstacleFor(panes: readonly PaneStore[]): string {
    return obstacleOf({
      isRunning: this.isRunning(),
      blindObstacle: this.isBlind() && this.settings.differ() ? 'Blind asks both with the same values: link the parameters, or turn blind off.' : '',
      prompt: this._draft(),
      last: this.turns().at(-1),
      models: panes.map((pane) => ({ side: pane.side, id: pane.modelId() })),
      known: new Set(this.catalogue.cards().map(({ id }) => id)),
    });
  }

  /** Asks all sides, or the one that is named; nothing while any still answers. Tells whether it sent. */
  send(side?: SideId): boolean {
    const panes = this.panes.filter((pane) => side === undefined || pane.side.id === side);
    if (this.obstacleFor(panes) !== '') return false;
    const turn = this.newTurn({ id: newId(), prompt: this._draft(), askedAtMs: Date.now() });
    this.asked.update((turns) => [...turns, turn]);
    if (this.isBlind() && side === undefined) this.askBlind(turn);
    else for (const pane of panes) pane.ask(this.questionOf(turn, pane.side.id));
    this.undo.withdraw();
    this.setDraft('');
    return true;
  }

  /** Asks a side for its answer to the last turn: again, or for the first time. */
  askLast(side: SideId): void {
    const turn = this.asked().at(-1);
    if (!turn) return;
    turn.goOn.set(undefined);
    turn.blind.set(undefined);
    turn.measured.set([]);
    this.pane(side).ask(this.questionOf(turn, side));
  }

  setBlind(isBlind: boolean): void {
    this._isBlind.set(isBlind);
    blindStorage.write(isBlind);
  }

  /** Brings to light who gave the answers of a turn: each goes to where its model stands. */
  async reveal(id: string, seen: BlindReveal): Promise<void> {
    const { unveil } = await import('./blind/unveil');
    const turn = this.asked().find((each) => each.id === id);
    if (!turn) return;
    unveil(turn, this.panes, seen);
    this.keepTurns();
  }

  /** Says what the next prompt goes on from. Earlier turns have been gone on from. */
  goOn(choice: GoOn): void {
    this.asked().at(-1)?.goOn.set(choice);
    this.keepTurns();
  }

  /** Says how the answers of a turn are to be shown. */
  showAs(id: string, view: View): void {
    this.asked()
      .find((turn) => turn.id === id)
      ?.shownAs.set(view);
    this.keepTurns();
  }

  /** Puts other models on the sides. */
  compare(baseline: string, derivative: string): void {
    this.pane('baseline').choose(baseline);
    this.pane('derivative').choose(derivative);
  }

  /** Asks all sides of the last turn for the same several times, and keeps how fast they were. */
  async repeat(): Promise<void> {
    const turn = this.asked().at(-1);
    if (!turn || this.isRunning()) return;
    const sides = turn.view().answers.map(({ side }) => ({ side, asked: JSON.stringify([this.pane(side).modelId(), this.settings.of(side)]) }));
    await this.repeating.repeat(sides, turn.measured, (side) => this.pane(side).rehearse(this.questionOf(turn, side)));
    this.keepTurns();
  }

  stopAll(): void {
    this.repeating.stop();
    for (const pane of this.panes) pane.stop();
  }

  /** The models, their answers and their settings change places. */
  swap(): void {
    const [left, right] = this.panes;
    if (!left || !right) return;
    left.exchange(right);
    this.settings.swap();
    for (const turn of this.asked()) turn.exchange(left.side.id, right.side.id);
    this.keepTurns();
  }

  /** Ends what runs and begins with no turns; the pair and the settings stay. It can be taken back. */
  startOver(): void {
    if (this.asked().length === 0) return;
    this.stopAll();
    const before = { ...this.keep(), models: this.panes.map((pane) => pane.modelId()), settings: this.settings.each() };
    this.leave();
    this.undo.give({ words: 'New comparison', undo: async () => this.show(before) });
  }

  /** Begins with no turns, without a way back; ends what runs. */
  leave(): void {
    this.stopAll();
    for (const pane of this.panes) pane.clear();
    this.asked.set([]);
    this.name(newId());
  }

  /** Says what the history calls it, and how often it was written there. */
  name(id: string, revision = 0): void {
    this._id.set(id);
    this.revision = revision;
    this.keepTurns();
  }

  /** Goes on with a comparison of the history, with its models and values. */
  show({ models, settings, ...kept }: KeptComparison & Pick<LinkState, 'models' | 'settings'>): void {
    this.leave();
    for (const [at, pane] of this.panes.entries()) pane.choose(models[at] ?? null);
    this.settings.take(settings);
    this.take(kept);
  }

  /** The comparison as it outlives the page. */
  keep(): KeptComparison {
    const turns = this.asked().map((turn): KeptTurn => ({ ...turn.view(), answers: this.panes.flatMap((pane) => pane.keep(turn.id) ?? []) }));
    return { id: this._id(), turns, revision: this.revision };
  }

  /** Goes on with a comparison that was kept. */
  take({ id, turns, revision = 0 }: KeptComparison): void {
    this._id.set(id);
    this.revision = revision;
    for (const pane of this.panes) {
      pane.clear();
      pane.restore(turns.flatMap(({ id: turn, answers }) => answers.filter(({ side }) => side === pane.side.id).map((answer) => ({ ...answer, turn }))));
    }
    this.asked.set(
      turns.map((turn) => {
        const taken = this.newTurn(turn);
        taken.goOn.set(turn.goOn);
        taken.measured.set(turn.measured);
        taken.shownAs.set(turn.view);
        taken.blind.set(turn.blind);
        return taken;
      }),
    );
  }

  /** What is needed for it is fetched now: most prompts are not blind. */
  private askBlind(turn: Turn): void {
    turn.blind.set({ id: null, isCrossed: false });
    const questions = this.panes.map((pane) => ({ ...this.questionOf(turn, pane.side.id), model: pane.modelId() ?? '' }));
    const drawn = import('./blind/draw').then(({ draw }) => draw(turn, questions, this.panes, this.injector));
    for (const [at, pane] of this.panes.entries()) {
      pane.askBlind(
        turn.id,
        turn.prompt,
        this.settings.of(pane.side.id),
        drawn.then((positions) => positions[at] ?? NOWHERE),
      );
    }
    void drawn.catch(() => undefined).then(() => this.keepTurns());
  }

  private newTurn({ id, prompt, askedAtMs }: Pick<TurnView, 'id' | 'prompt' | 'askedAtMs'>): Turn {
    return new Turn(id, prompt, askedAtMs, (turn) => this.panes.flatMap((pane) => pane.answerTo(turn) ?? []));
  }

  private questionOf({ id, prompt }: Turn, side: SideId): Question {
    const at = this.asked().findIndex((turn) => turn.id === id);
    const settings = this.settings.isParity() ? alikeSettings(this.settings.of(side), this.turns()[at]) : this.settings.of(side);
    return { turn: id, prompt, history: messagesOf(this.turns().slice(0, at), side), settings };
  }

  private keepTurns(): void {
    this._isKept.set(turnStorage.write(this.keep()));
  }
}
