import { computed, type Signal, signal } from '@angular/core';
import { type ChatMessage, type SamplingParameters, type StreamRequest } from '@tandem/shared/contracts';
import { announce, AnswerRun, type AnswerView, hasCome, isOngoing, type RunSurroundings, textWithCalls } from '@tandem/web/run';
import { type KeptTurn, type ModelAnswer, type PaneTurn } from './pane-turn';
import { SIDE_NAMES, type Side } from './sides';

/** What a prompt is sent with, the same for both sides. */
export interface AskSettings {
  readonly parameters: SamplingParameters;
  /** System prompt; blank for none. */
  readonly system: string;
}

/** A turn that is being answered, or was. */
interface Asked {
  readonly model: string;
  readonly run: AnswerRun;
  readonly earlier: readonly ModelAnswer[];
}

/**
 * One side of the comparison: its model and its answers, one per turn. The owner of its runs: a new run, `stop()` and
 * `clear()` end the one before.
 */
export class PaneStore {
  private readonly chosen = signal<string | null>(null);
  private readonly asked = signal<readonly Asked[]>([]);
  private settings: AskSettings | undefined;

  /** Id of the model that is asked: chosen by a person or a link, else the one that stands for this side. */
  readonly modelId = computed(() => {
    const chosen = this.chosen();
    return chosen === null ? this.fallback() : this.idOf(chosen);
  });
  readonly turns = computed<readonly PaneTurn[]>(() => this.asked().map(({ model, run, earlier }) => ({ model, answer: run.answer(), earlier })));
  readonly answers = computed<readonly AnswerView[]>(() => this.turns().map(({ answer }) => answer));
  private readonly state = computed(() => this.answers().at(-1)?.state, { equal: (a, b) => a?.kind === b?.kind });
  readonly isRunning = computed(() => isOngoing(this.state()));
  /** The turning points of the last answer, for a screen reader. */
  readonly announcement = computed(() => {
    this.state();
    return announce(SIDE_NAMES[this.side], this.answers().at(-1));
  });

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

  ask(prompt: string, settings: AskSettings): void {
    this.settings = settings;
    this.begin(prompt, this.asked());
  }

  /** Asks for the last answer again, of the model that is chosen now. What came of it stays. */
  retry(): void {
    this.stop();
    const last = this.turns().at(-1);
    if (!last) return;
    const { model, answer, earlier } = last;
    this.begin(answer.prompt, this.asked().slice(0, -1), hasCome(answer) ? [...earlier, { model, answer }] : earlier);
  }

  stop(): void {
    this.asked().at(-1)?.run.stop();
  }

  clear(): void {
    this.stop();
    this.asked.set([]);
  }

  /** What a page that is loaded again goes on with. */
  keep(): readonly KeptTurn[] {
    return this.asked().map(({ model, run, earlier }) => ({ model, answer: run.answer(), earlier, position: run.position() }));
  }

  /** Whatever is new since it was asked last is worth keeping: a turn was begun, can be found again, or has ended. */
  readonly turningPoints = computed(() => this.asked().map(({ run: { streamId, ended } }) => ({ streamId: streamId(), ended: ended() })));

  /** Goes on with what a page before this one kept: answers still being made are followed to their end. */
  restore(turns: readonly KeptTurn[], settings: AskSettings): void {
    this.settings = settings;
    const asked = turns.map(({ model, answer, earlier, position }) => {
      const run = position ? AnswerRun.rejoin(position, answer.prompt, this.surroundings, answer) : AnswerRun.kept(settled(answer), this.surroundings);
      return { model, run, earlier };
    });
    this.asked.set(asked);
    for (const { run } of asked) if (run.position()) void run.start();
  }

  private begin(prompt: string, before: readonly Asked[], earlier: readonly ModelAnswer[] = []): void {
    const model = this.modelId();
    if (model === null || !this.settings) return;
    const history = before.flatMap(({ run }) => asMessages(run.answer()));
    const run = AnswerRun.ask(toRequest(model, [...history, { role: 'user', content: prompt }], this.settings), prompt, this.surroundings);
    this.asked.set([...before, { model, run, earlier }]);
    void run.start();
  }
}

/** The page went away before it heard how the stream is called: nothing of it can be found again. */
function settled(answer: AnswerView): AnswerView {
  return isOngoing(answer.state) ? { ...answer, state: { kind: 'interrupted' } } : answer;
}

/** A turn that brought no text is left out: its prompt would stand there unanswered. */
function asMessages(answer: AnswerView): readonly ChatMessage[] {
  const text = textWithCalls(answer);
  if (text === '') return [];
  return [
    { role: 'user', content: answer.prompt },
    { role: 'assistant', content: text },
  ];
}

function toRequest(model: string, messages: readonly ChatMessage[], { parameters, system }: AskSettings): StreamRequest {
  return { model, messages, system: system.trim() === '' ? null : system, ...parameters };
}
