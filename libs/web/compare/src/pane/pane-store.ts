import { computed, type Signal, signal } from '@angular/core';
import { type ChatMessage, type SamplingParameters, type StreamRequest } from '@tandem/shared/contracts';
import { announce, AnswerRun, type AnswerView, isOngoing, type RunSurroundings } from '@tandem/web/conversation';
import { type KeptTurn } from './kept-turn';
import { SIDE_NAMES, type Side } from './sides';

/** What a prompt is sent with, the same for both sides. */
export interface AskSettings {
  readonly parameters: SamplingParameters;
  /** System prompt; blank for none. */
  readonly system: string;
}

/**
 * One side of the comparison: its model and its answers, one per turn. The owner of its runs: a new run, `stop()` and
 * `clear()` end the one before.
 */
export class PaneStore {
  private readonly chosen = signal<string | null>(null);
  private readonly runs = signal<readonly AnswerRun[]>([]);
  private settings: AskSettings | undefined;

  /** Id of the model that is asked: chosen by a person or a link, else the one that stands for this side. */
  readonly modelId = computed(() => this.chosen() ?? this.fallback());
  readonly answers = computed<readonly AnswerView[]>(() => this.runs().map(({ answer }) => answer()));
  private readonly state = computed(() => this.runs().at(-1)?.answer().state, { equal: (a, b) => a?.kind === b?.kind });
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
  ) {}

  choose(model: string | null): void {
    this.chosen.set(model);
  }

  ask(prompt: string, settings: AskSettings): void {
    this.settings = settings;
    this.begin(prompt, this.runs());
  }

  /** Asks for the last answer again, of the model that is chosen now. */
  retry(): void {
    const last = this.answers().at(-1);
    if (!last) return;
    this.stop();
    this.begin(last.prompt, this.runs().slice(0, -1));
  }

  stop(): void {
    this.runs().at(-1)?.stop();
  }

  clear(): void {
    this.stop();
    this.runs.set([]);
  }

  /** What a page that is loaded again goes on with. */
  keep(): readonly KeptTurn[] {
    return this.runs().map((run) => ({ answer: run.answer(), position: run.position() }));
  }

  /** Whatever is new since it was asked last is worth keeping: a turn was begun, can be found again, or has ended. */
  readonly turningPoints = computed(() => this.runs().map(({ streamId, ended }) => ({ streamId: streamId(), ended: ended() })));

  /** Goes on with what a page before this one kept: answers still being made are followed to their end. */
  restore(turns: readonly KeptTurn[], settings: AskSettings): void {
    this.settings = settings;
    const runs = turns.map(({ answer, position }) =>
      position ? AnswerRun.rejoin(position, answer.prompt, this.surroundings, answer) : AnswerRun.kept(settled(answer), this.surroundings),
    );
    this.runs.set(runs);
    for (const run of runs) if (run.position()) void run.start();
  }

  private begin(prompt: string, earlier: readonly AnswerRun[]): void {
    const model = this.modelId();
    if (model === null || !this.settings) return;
    const history = earlier.flatMap(({ answer }) => asMessages(answer()));
    const run = AnswerRun.ask(toRequest(model, [...history, { role: 'user', content: prompt }], this.settings), prompt, this.surroundings);
    this.runs.set([...earlier, run]);
    void run.start();
  }
}

/** The page went away before it heard how the stream is called: nothing of it can be found again. */
function settled(answer: AnswerView): AnswerView {
  return isOngoing(answer.state) ? { ...answer, state: { kind: 'interrupted' } } : answer;
}

/** A turn that brought no text is left out: its prompt would stand there unanswered. */
function asMessages({ prompt, text }: AnswerView): readonly ChatMessage[] {
  if (text === '') return [];
  return [
    { role: 'user', content: prompt },
    { role: 'assistant', content: text },
  ];
}

function toRequest(model: string, messages: readonly ChatMessage[], { parameters, system }: AskSettings): StreamRequest {
  return { model, messages, system: system.trim() === '' ? null : system, ...parameters };
}
