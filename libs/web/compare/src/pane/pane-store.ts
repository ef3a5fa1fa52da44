import { computed, type Signal, signal } from '@angular/core';
import { type ChatMessage, type StreamRequest } from '@tandem/shared/contracts';
import { announce, AnswerRun, type AnswerView, hasCome, isOngoing, type RunSurroundings } from '@tandem/web/run';
import { type StreamPosition } from '@tandem/web/data-access';
import { type AskSettings } from '../settings/settings';
import { type Side } from '../side/sides';
import { type KeptAnswer, type ModelAnswer, type SideAnswer } from '../turn/turn-view';

/** What a side is asked for. */
export interface Question {
  /** Id of the turn. */
  readonly turn: string;
  readonly prompt: string;
  /** What was said before. */
  readonly history: readonly ChatMessage[];
  readonly settings: AskSettings;
}

/** An answer that is being made, or was. */
interface Asked extends Pick<Question, 'turn' | 'settings'> {
  readonly model: string;
  readonly run: AnswerRun;
  readonly earlier: readonly ModelAnswer[];
}

/**
 * One side of the comparison: its model, and its answers to the turns that it was asked. The owner of its runs: a new run,
 * `stop()` and `clear()` end the one before.
 */
export class PaneStore {
  private readonly chosen = signal<string | null>(null);
  private readonly asked = signal<readonly Asked[]>([]);

  /** Id of the model that is asked: chosen by a person or a link, else the one that stands for this side. */
  readonly modelId = computed(() => {
    const chosen = this.chosen();
    return chosen === null ? this.fallback() : this.idOf(chosen);
  });
  /** One signal an answer: while one grows, the others stay the same objects. */
  private readonly views = computed(
    () => new Map(this.asked().map(({ turn, run, ...rest }) => [turn, computed((): SideAnswer => ({ side: this.side.id, ...rest, answer: run.answer() }))])),
  );
  readonly last = computed<AnswerView | undefined>(() => this.asked().at(-1)?.run.answer());
  private readonly state = computed(() => this.last()?.state, { equal: (a, b) => a?.kind === b?.kind });
  readonly isRunning = computed(() => isOngoing(this.state()));
  /** The turning points of the last answer, for a screen reader. */
  readonly announcement = computed(() => {
    this.state();
    return announce(this.side.name, this.last());
  });
  /** Whatever is new since it was asked last is worth keeping: a turn was begun, can be found again, or has ended. */
  readonly turningPoints = computed(() => this.asked().map(({ run: { streamId, ended } }) => ({ streamId: streamId(), ended: ended() })));

  constructor(
    readonly side: Side,
    private readonly fallback: Signal<string | null>,
    private readonly surroundings: RunSurroundings,
    /** The id of the model that a link may also call by its name. */
    private readonly idOf: (name: string) => string = (name) => name,
  ) {}

  choose(model: string | null): void {
    this.chosen.set(model);
  }

  answerTo(turn: string): SideAnswer | undefined {
    return this.views().get(turn)?.();
  }

  /** Where the turn was answered already, it is asked again, of the model that is chosen now: what came before stays. */
  ask(question: Question): void {
    this.stop();
    const before = this.answerTo(question.turn);
    const model = this.modelId();
    if (model === null) return;
    const { turn, prompt, settings } = question;
    const run = AnswerRun.ask(toRequest(model, question), prompt, this.surroundings);
    const asked = { turn, model, run, settings, earlier: before ? earlierWith(before) : [] };
    this.asked.update((all) => [...all.filter((each) => each.turn !== turn), asked]);
    void run.start();
  }

  /** Follows an answer of which nobody may know whose it is. */
  askBlind(turn: string, prompt: string, settings: AskSettings, position: Promise<StreamPosition>): void {
    this.stop();
    const run = AnswerRun.join(position, prompt, this.surroundings);
    this.asked.update((all) => [...all, { turn, model: '', run, settings, earlier: [] }]);
    void run.start();
  }

  /** Says whose answer it is and, of one that has ended, what else is known of it. */
  unveil(turn: string, model: string, more?: Partial<AnswerView>): void {
    const known = (run: AnswerRun): AnswerRun => (more ? AnswerRun.kept({ ...run.answer(), ...more }, this.surroundings) : run);
    this.asked.update((all) => all.map((each) => (each.turn === turn ? { ...each, model, run: known(each.run) } : each)));
  }

  /** One more answer to the same, which stands nowhere: for what is measured. */
  rehearse(question: Question): AnswerRun | undefined {
    const model = this.modelId();
    return model === null ? undefined : AnswerRun.ask(toRequest(model, question), question.prompt, this.surroundings);
  }

  stop(): void {
    this.asked().at(-1)?.run.stop();
  }

  /** Ends what runs and lets go of all. */
  clear(): void {
    this.stop();
    this.asked.set([]);
  }

  /** What a page that is loaded again goes on with. */
  keep(turn: string): KeptAnswer | undefined {
    const view = this.answerTo(turn);
    const position =
      this.asked()
        .find((each) => each.turn === turn)
        ?.run.position() ?? null;
    return view && { ...view, position };
  }

  /** Goes on with what a page before this one kept: answers still being made are followed to their end. */
  restore(kept: readonly (KeptAnswer & Pick<Question, 'turn'>)[]): void {
    const asked = kept.map(({ turn, model, answer, earlier, settings, position }) => {
      const run = position ? AnswerRun.rejoin(position, answer.prompt, this.surroundings, answer) : AnswerRun.kept(settled(answer), this.surroundings);
      return { turn, model, run, earlier, settings };
    });
    this.asked.set(asked);
    for (const { run } of asked) if (run.position()) void run.start();
  }

  /** The answers to one turn change places. */
  exchangeAnswers(other: PaneStore, turn: string): void {
    const [own, others] = [this, other].map((pane) => pane.asked().find((each) => each.turn === turn));
    if (!own || !others) return;
    this.asked.update((all) => all.map((each) => (each.turn === turn ? others : each)));
    other.asked.update((all) => all.map((each) => (each.turn === turn ? own : each)));
  }

  /** The two sides change places: models and answers, what runs included. */
  exchange(other: PaneStore): void {
    const [chosen, asked] = [this.modelId(), this.asked()];
    this.chosen.set(other.modelId());
    this.asked.set(other.asked());
    other.chosen.set(chosen);
    other.asked.set(asked);
  }
}

/** The page went away before it heard how the stream is called: nothing of it can be found again. */
function settled(answer: AnswerView): AnswerView {
  return isOngoing(answer.state) ? { ...answer, state: { kind: 'interrupted' } } : answer;
}

function earlierWith({ model, answer, earlier }: SideAnswer): readonly ModelAnswer[] {
  return hasCome(answer) ? [...earlier, { model, answer }] : earlier;
}

function toRequest(model: string, { prompt, history, settings: { parameters, system, isParity } }: Question): StreamRequest {
  const messages: readonly ChatMessage[] = [...history, { role: 'user', content: prompt }];
  return { model, messages, system: system.trim() === '' ? null : system, ...parameters, ...(isParity ? { cache_prompt: false } : {}) };
}
