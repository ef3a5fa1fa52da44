import { computed, signal } from '@angular/core';
import { type SamplingParameters } from '@tandem/shared/contracts';
import { AnswerRun, type AnswerView, hasCome, newId, type RunSurroundings } from '@tandem/web/run';
import { type StreamPosition } from '@tandem/web/data-access';
import { type Archive } from '../archive/archive';
import { THIS_PAGE } from '../archive/page-identity';
import { type AnswerRecord, type ConversationRecord, type KeptImage, type MessageRecord, type QuestionRecord } from '../archive/records';
import { lastSentFrom, tokensPerCharacter } from '../tree/context-use';
import { pathTo } from '../tree/message-tree';
import { planSending, type Room, sendLess, type Sending } from '../tree/sending';
import { AnswerKeeper } from './answer-keeper';
import { KeptConversation } from './kept-conversation';
import { emptyAnswer, toRequest } from './new-records';
import { isMadeElsewhere, SILENT_MS, viewOf } from './standing';

/** What a conversation needs to know of the model that is asked. */
export interface AskedModel {
  readonly id: string;
  readonly title: string;
  readonly contextLength: number | null;
  /** Whether it may be sent images: it takes them, or may take them. */
  readonly mayTakeImages?: boolean;
}

export interface ConversationSurroundings extends RunSurroundings {
  readonly archive: Archive;
  readonly wallMs?: () => number;
}

interface LiveAnswer {
  readonly id: string;
  readonly run: AnswerRun;
}

/**
 * One conversation, and the answer being made in it: the owner of its runs. Keeps every step before it is taken.
 * `close()` stops listening to other pages and leaves a running answer alone.
 */
export class Conversation {
  private readonly wallMs: () => number;
  private readonly kept: KeptConversation;
  private readonly live = signal<LiveAnswer | undefined>(undefined);
  private readonly nowMs = signal(0);
  private making: Promise<void> = Promise.resolve();

  readonly id: string;
  readonly record;
  readonly messages;
  readonly isStored;
  readonly isGone;
  /** The shown branch, without what of it is being made. */
  readonly path;
  /** The answer being made here. */
  readonly liveId = computed(() => this.live()?.id);
  readonly liveAnswer = computed(() => this.live()?.run.answer());
  readonly isRunning = computed(() => this.live() !== undefined);
  /** Whether the shown branch ends with an answer that another page is making. */
  readonly isBusyElsewhere = computed(() => {
    const last = this.path().at(-1)?.message;
    return last?.role === 'assistant' && last.id !== this.liveId() && isMadeElsewhere(last, this.nowMs());
  });

  constructor(
    record: ConversationRecord,
    messages: readonly MessageRecord[] | undefined,
    private readonly surroundings: ConversationSurroundings,
  ) {
    this.wallMs = surroundings.wallMs ?? Date.now;
    this.nowMs.set(this.wallMs());
    this.kept = new KeptConversation(record, messages, surroundings.archive, {
      ownMessage: this.liveId,
      onChange: () => this.watchOthers(),
      onGone: () => this.stop(),
    });
    this.id = this.kept.id;
    this.record = this.kept.record;
    this.messages = this.kept.messages;
    this.isStored = this.kept.isStored;
    this.isGone = this.kept.isGone;
    this.path = this.kept.path;
    this.watchOthers();
  }

  close(): void {
    this.kept.close();
  }

  /** An answer as it stands: being made here, or as it was kept. */
  view(answer: AnswerRecord): AnswerView {
    const live = this.live();
    if (live?.id === answer.id) return live.run.answer();
    return viewOf(answer, this.messages().get(answer.parent ?? '')?.text ?? '', this.nowMs());
  }

  send(text: string, model: AskedModel, images: readonly KeptImage[] = []): Promise<void> {
    return this.ask(this.record().leaf, text, model, images);
  }

  /** Asks in other words, of the same images: a branch beside the message, which stays. */
  edit(id: string, text: string, model: AskedModel): Promise<void> {
    const old = this.messages().get(id);
    return this.ask(old?.parent ?? null, text, model, old?.role === 'user' ? (old.images ?? []) : []);
  }

  /** Asks for another answer beside this one; one that brought nothing gives its place. */
  async regenerate(id: string, model: AskedModel): Promise<void> {
    const old = this.messages().get(id);
    if (old?.role !== 'assistant' || old.parent === null) return;
    const place = { conversation: this.id, parent: old.parent };
    const isEmpty = !hasCome(old);
    const answer = emptyAnswer(isEmpty ? { ...place, id, nowMs: old.createdAtMs } : { ...place, id: newId(), nowMs: this.wallMs() }, model);
    await this.make({ ...answer, continued: isEmpty ? old.continued + 1 : 0 }, model, []);
  }

  /** Lets the model that made an answer go on where it ended. */
  async goOn(id: string, model: AskedModel): Promise<void> {
    const old = this.messages().get(id);
    if (old?.role !== 'assistant') return;
    await this.make({ ...old, continued: old.continued + 1, end: null, position: null }, model, []);
  }

  stop(): void {
    this.live()?.run.stop();
  }

  /** Shows the branch that a message is on. */
  show(id: string): void {
    this.kept.show(id);
  }

  choose(model: string): void {
    this.kept.change({ model });
  }

  setParameters(parameters: SamplingParameters): void {
    this.kept.change({ parameters });
  }

  setSystem(system: string): void {
    this.kept.change({ system });
  }

  rename(title: string): void {
    this.kept.change({ title, isNamed: true });
  }

  /** Ends what runs and takes all messages out; what it gives puts them back. */
  async clear(): Promise<() => Promise<void>> {
    await this.end();
    return this.kept.clear();
  }

  /** Stops what runs, and waits until that is kept. */
  async end(): Promise<void> {
    this.stop();
    await this.making;
  }

  private async ask(parent: string | null, text: string, model: AskedModel, images: readonly KeptImage[]): Promise<void> {
    const nowMs = this.wallMs();
    const common = { id: newId(), conversation: this.id, parent, createdAtMs: nowMs, text };
    const question: QuestionRecord = { ...common, role: 'user', ...(images.length > 0 ? { images } : {}) };
    await this.make(emptyAnswer({ id: newId(), conversation: this.id, parent: question.id, nowMs }, model), model, [question]);
  }

  private make(answer: AnswerRecord, model: AskedModel, questions: readonly QuestionRecord[]): Promise<void> {
    if (this.isRunning()) return Promise.resolve();
    this.making = this.run(answer, model, questions);
    return this.making;
  }

  /** One answer, from being kept as begun to being kept as ended. */
  private async run(begun: AnswerRecord, model: AskedModel, questions: readonly QuestionRecord[]): Promise<void> {
    this.kept.begin(begun, questions, this.wallMs());
    const path = this.sentPath(begun);
    let sending = planSending(path, this.room(model), this.lastFrom(begun));
    let run = this.prepare(begun, sending);
    await this.kept.keep([...questions, { ...begun, sentFrom: sending.from, writer: THIS_PAGE, writtenAtMs: this.wallMs() }]);
    for (;;) {
      const keeper = this.keep({ ...begun, sentFrom: sending.from }, run);
      await run.start();
      const less = isTooLong(run.answer()) ? sendLess(path, sending, this.room(model)) : undefined;
      // before anything is painted: the refusal is nobody's to see
      if (less) run = this.prepare(begun, less);
      const ended = await keeper.end();
      if (!less) return this.settle(ended);
      sending = less;
    }
  }

  private prepare(answer: AnswerRecord, { messages }: Sending): AnswerRun {
    const { parameters, system } = this.record();
    const request = toRequest({ model: answer.model, conversation: this.id, messages, system, parameters });
    const run = AnswerRun.ask(request, this.questionOf(answer), this.surroundings, answer);
    this.live.set({ id: answer.id, run });
    return run;
  }

  /** Goes on with the answer that the shown branch ends with, where the page that made it is gone and the server may have the rest. */
  private rejoin(): void {
    const last = this.path().at(-1)?.message;
    if (last?.role !== 'assistant' || last.end !== null || !last.position || this.isRunning() || isMadeElsewhere(last, this.wallMs())) return;
    this.making = this.follow(last, last.position);
  }

  private async follow(left: AnswerRecord, position: StreamPosition): Promise<void> {
    const run = AnswerRun.rejoin(position, this.questionOf(left), this.surroundings, left);
    this.live.set({ id: left.id, run });
    const keeper = this.keep(left, run);
    await run.start();
    const ended = await keeper.end();
    // the server has nothing of it any more: it stands as it was left
    const isGone = ended.end?.kind === 'failed' && ended.end.fault.code === 'stream_not_found';
    if (isGone) await this.surroundings.archive.save({ messages: [{ ...ended, end: null }] });
    this.settle(isGone ? { ...ended, end: null } : ended);
  }

  private keep(record: AnswerRecord, run: AnswerRun): AnswerKeeper {
    const keeper = new AnswerKeeper(record, run, { archive: this.surroundings.archive, nowMs: this.wallMs });
    keeper.begin();
    return keeper;
  }

  private questionOf({ parent }: AnswerRecord): string {
    return this.messages().get(parent ?? '')?.text ?? '';
  }

  private settle(ended: AnswerRecord): void {
    this.kept.takeIn([ended]);
    this.live.set(undefined);
    this.kept.change({ updatedAtMs: this.wallMs() });
  }

  private sentPath(answer: AnswerRecord): readonly MessageRecord[] {
    const path = pathTo(this.messages(), answer.id).map(({ message }) => message);
    return answer.text === '' ? path.slice(0, -1) : path;
  }

  private lastFrom({ parent }: AnswerRecord): string | null {
    return lastSentFrom(pathTo(this.messages(), parent).map(({ message }) => message));
  }

  /** The room in a model's context, for this conversation. */
  room({ contextLength, mayTakeImages = true }: Pick<AskedModel, 'contextLength' | 'mayTakeImages'>): Room {
    const { parameters, system } = this.record();
    const path = this.path().map(({ message }) => message);
    return { contextLength, mayTakeImages, maxTokens: parameters.max_tokens, system, tokensPerCharacter: tokensPerCharacter(path, system) };
  }

  /** Looks again when a page that makes an answer would have been silent for too long. */
  private watchOthers(): void {
    this.nowMs.set(this.wallMs());
    if (this.isBusyElsewhere()) setTimeout(() => this.watchOthers(), SILENT_MS + 100);
    else this.rejoin();
  }
}

function isTooLong({ state }: AnswerView): boolean {
  return state.kind === 'failed' && state.fault.code === 'context_length_exceeded';
}
