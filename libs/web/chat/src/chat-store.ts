import { computed, inject, Service, signal } from '@angular/core';
import { DraftStorage } from '@tandem/web/composer';
import { contextLengthOf } from '@tandem/web/model-status';
import { CatalogueStore, HealthStore, StreamTransport } from '@tandem/web/data-access';
import { Archive } from './archive/archive';
import { type AskedModel, Conversation } from './conversation/conversation';
import { newConversation } from './conversation/new-records';
import { defaultModel } from './default-model';
import { forgetOnServer } from './forget-on-server';
import { sayAbsence } from './head/say-absence';
import { HistoryStore } from './history/history-store';
import { Undo } from '@tandem/web/design';
import { Attachments } from './images/attachments';
import { sayTakesImages } from './images/image-words';
import { contextUse, lastSentFrom } from './tree/context-use';
import { planSending } from './tree/sending';

/** Whether the conversation that was asked for is there. */
export type OpenState = 'loading' | 'ready' | 'missing';

/**
 * Which conversation is open, and what is being written in it. Keeps those that are being answered while others are
 * looked at; each conversation owns its own runs.
 */
@Service()
export class ChatStore {
  private readonly archive = inject(Archive);
  private readonly history = inject(HistoryStore);
  private readonly undo = inject(Undo);
  private readonly catalogue = inject(CatalogueStore);
  private readonly health = inject(HealthStore);
  private readonly attachments = inject(Attachments);
  private readonly surroundings = { archive: this.archive, transport: inject(StreamTransport) };

  private readonly held = signal<ReadonlyMap<string, Conversation>>(new Map());
  private readonly _conversation = signal<Conversation | undefined>(undefined);
  private readonly _state = signal<OpenState>('loading');
  private readonly _draft = signal('');
  private readonly wanted = signal<string | null>(null);

  /** Ids of the conversations that are being answered here. */
  readonly running = computed(() => new Set([...this.held().values()].filter((held) => held.isRunning()).map(({ id }) => id)));
  readonly conversation = this._conversation.asReadonly();
  readonly state = computed<OpenState>(() => (this._conversation()?.isGone() ? 'missing' : this._state()));
  readonly draft = this._draft.asReadonly();
  /** The model that is asked next; undefined where it is not there any more, or not yet known. */
  readonly card = computed(() => {
    const chosen = this._conversation()?.record().model;
    const wanted = chosen ?? defaultModel(this.catalogue.cards(), this.history.newest()?.model ?? null);
    return wanted === null ? undefined : this.catalogue.byId().get(this.catalogue.idOf(wanted));
  });
  readonly model = computed(() => this.toModel(this.card()?.id ?? ''));
  /** The images that go with the next message. */
  readonly images = computed(() => this.attachments.of(this._conversation()?.id ?? ''));
  readonly canSend = computed(() => this.state() === 'ready' && this._draft().trim() !== '' && this.canAsk() && !this.isImageInTheWay());
  /** Why nothing can be sent, but for want of words; empty where something can, or an answer is being made here. */
  readonly obstacle = computed(() => {
    const [conversation, card] = [this._conversation(), this.card()];
    if (!conversation || this.catalogue.state().kind === 'loading' || conversation.isRunning()) return '';
    if (!card) return sayAbsence(conversation.record().model, conversation.messages().size > 0, this.catalogue.cards().length > 0);
    if (conversation.isBusyElsewhere()) return 'Another tab is being answered in this conversation: it ends there first.';
    return this.isImageInTheWay() ? sayTakesImages(card) : '';
  });
  private readonly isImageInTheWay = computed(() => this.attachments.isReading() || (this.images().length > 0 && this.card()?.images === false));
  /** Whether there is a model to ask, and nothing is being answered. */
  readonly canAsk = computed(() => {
    const conversation = this._conversation();
    return this.model() !== undefined && conversation !== undefined && !conversation.isRunning() && !conversation.isBusyElsewhere();
  });
  readonly use = computed(() => {
    const [conversation, model] = [this._conversation(), this.model()];
    if (!conversation || !model) return undefined;
    const path = conversation.path().map(({ message }) => message);
    return contextUse(path, this._draft(), conversation.room(model));
  });
  /** How many images of which message the next question goes without. */
  readonly imagesLeftOut = computed<ReadonlyMap<string, number>>(() => {
    const [conversation, model] = [this._conversation(), this.model()];
    if (!conversation || !model) return new Map();
    const path = conversation.path().map(({ message }) => message);
    if (!path.some((message) => message.role === 'user' && message.images)) return new Map();
    return planSending(path, conversation.room(model), lastSentFrom(path)).imagesLeftOut;
  });
  /** The first message that the last answer's model was sent; null for all of them. */
  readonly sentFrom = computed(() =>
    lastSentFrom(
      this._conversation()
        ?.path()
        .map(({ message }) => message) ?? [],
    ),
  );

  /** Opens a conversation, or with null a new one. One that is still open is left as it is. */
  async open(id: string | null): Promise<void> {
    this.wanted.set(id);
    if (id !== null && this._conversation()?.id === id) return;
    this.letGo();
    const found = id === null ? this.create() : (this.held().get(id) ?? (await this.read(id)));
    if (this.wanted() !== id) return found && !this.held().has(found.id) ? found.close() : undefined;
    if (found) this.held.update((held) => new Map(held).set(found.id, found));
    this._conversation.set(found);
    this._state.set(found ? 'ready' : 'missing');
    this._draft.set(found ? this.draftOf(found).read() : '');
  }

  setDraft(text: string): void {
    this._draft.set(text);
    const conversation = this._conversation();
    if (conversation) this.draftOf(conversation).write(text);
  }

  /** Tells whether it sent. */
  send(): boolean {
    const [conversation, model] = [this._conversation(), this.model()];
    if (!conversation || !model || !this.canSend()) return false;
    const text = this._draft();
    this.setDraft('');
    if (conversation.record().model === null) conversation.choose(model.id);
    void conversation.send(text, model, this.attachments.take(conversation.id));
    return true;
  }

  edit(id: string, text: string): void {
    const model = this.model();
    if (model && this.canAsk()) void this._conversation()?.edit(id, text, model);
  }

  regenerate(id: string): void {
    const model = this.model();
    if (model && this.canAsk()) void this._conversation()?.regenerate(id, model);
  }

  /** Only the model that began an answer can go on with it: an answer has one name. */
  goOn(id: string): void {
    const message = this._conversation()?.messages().get(id);
    const model = message?.role === 'assistant' ? this.toModel(message.model) : undefined;
    if (model && this.canAsk()) void this._conversation()?.goOn(id, model);
  }

  toModel(id: string): AskedModel | undefined {
    const card = this.catalogue.byId().get(id);
    if (!card) return undefined;
    const contextLength = contextLengthOf(card, this.catalogue.checkpointOf(card), this.health.reports().get(id));
    return { id, title: card.title, mayTakeImages: card.images !== false, contextLength };
  }

  /** Takes every message out of the open conversation. */
  async clear(): Promise<void> {
    const conversation = this._conversation();
    if (!conversation) return;
    const putBack = await conversation.clear();
    void forgetOnServer(conversation.id);
    this.undo.give({ words: 'Chat cleared', undo: putBack });
  }

  /** Deletes a conversation, open or not; `back` is called when that was undone. */
  async delete(id: string, back: () => void = () => undefined): Promise<void> {
    const title = this.history.conversations().get(id)?.title;
    const held = this.held().get(id);
    await held?.end();
    const removed = await this.archive.remove(id, { andItself: true });
    if (this._conversation()?.id !== id) this.drop(held);
    void forgetOnServer(id);
    const undo = async (): Promise<void> => {
      await this.archive.save(removed);
      back();
    };
    this.undo.give({ words: `“${title || 'Untitled'}” deleted`, undo });
  }

  async rename(id: string, title: string): Promise<void> {
    const held = this.held().get(id);
    if (held) held.rename(title);
    else await this.archive.change(id, { title, isNamed: true });
  }

  private create(): Conversation {
    return new Conversation(newConversation(null, Date.now()), undefined, this.surroundings);
  }

  private async read(id: string): Promise<Conversation | undefined> {
    this._state.set('loading');
    this._conversation.set(undefined);
    const whole = await this.archive.whole(id);
    return whole && new Conversation(whole.conversation, whole.messages, this.surroundings);
  }

  /** The one that was open goes on being answered, if it is; else it can be read again. */
  private letGo(): void {
    const all = [...this.held().values()];
    for (const conversation of all) if (!conversation.isRunning()) conversation.close();
    this.held.set(new Map(all.filter((conversation) => conversation.isRunning()).map((conversation) => [conversation.id, conversation])));
  }

  private drop(conversation: Conversation | undefined): void {
    if (!conversation) return;
    conversation.close();
    this.held.update((held) => new Map([...held].filter(([id]) => id !== conversation.id)));
  }

  private draftOf(conversation: Conversation): DraftStorage {
    return new DraftStorage(`tandem.chat.draft.${conversation.isStored() ? conversation.id : 'new'}`);
  }
}
