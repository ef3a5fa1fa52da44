import { afterNextRender, ApplicationRef, Component, computed, effect, inject, Injector, signal, untracked, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { ActivatedRoute, Router } from '@angular/router';
import { isForThePage, isTyping, plain, type SendsOn, Start, TELLING_PROMPTS } from '@tandem/web/composer';
import { HistoryDrawer, HistoryPlace, KeepingNote } from '@tandem/web/history';
import { ModelsStore, sayConversionsAhead, toOption, Unreachable } from '@tandem/web/model-status';
import { announce } from '@tandem/web/run';
import { CatalogueStore } from '@tandem/web/data-access';
import { Button, FollowScrollDirective, Icon, loadMarkdownRenderer, UndoNote } from '@tandem/web/design';
import { Archive } from './archive/archive';
import { ChatStore } from './chat-store';
import { ChatHead } from './head/chat-head';
import { sayKeeping } from './say-keeping';
import { ConversationList } from './history/conversation-list';
import { CONVERSATIONS } from './history/conversation-names';
import { HistoryStore } from './history/history-store';
import { Missing } from './history/missing';
import { sidebarChoice } from './history/sidebar-choice';
import { DropImagesDirective } from './images/drop-images.directive';
import { Answer } from './transcript/answer';
import { Question } from './transcript/question';
import { ShownSteps } from './transcript/shown-steps';
import { countUnseenEnds } from './unseen-ends';
import { Writing } from './writing/writing';

/** Prompts that the demo model can really answer. */
const DEMO_PROMPTS = ['What is Tandem?', 'What is a token?', 'What does a high temperature do?', 'Tell me a joke'].map((prompt) => plain(prompt));

/** One model, one conversation, and the way to all others: wires the stores to what shows them. */
@Component({
  selector: 'tandem-chat-page',
  imports: [
    Answer,
    Button,
    ChatHead,
    ConversationList,
    DropImagesDirective,
    FollowScrollDirective,
    HistoryDrawer,
    Icon,
    KeepingNote,
    Missing,
    Question,
    Start,
    UndoNote,
    Unreachable,
    Writing,
  ],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.css',
  host: { '(document:keydown)': 'onKey($event)', '(window:beforeprint)': 'showAll()' },
})
export class ChatPage {
  protected readonly catalogue = inject(CatalogueStore);
  private readonly all = inject(ModelsStore);
  protected readonly store = inject(ChatStore);
  protected readonly archive = inject(Archive);
  private readonly history = inject(HistoryStore);
  private readonly router = inject(Router);
  private readonly title = inject(Title);
  private readonly activated = inject(ActivatedRoute);
  private readonly injector = inject(Injector);
  private readonly application = inject(ApplicationRef);
  private readonly route = toSignal(this.activated.paramMap, { requireSync: true });

  /** A phone's keyboard has no Shift+Enter for a new line. */
  protected readonly sendsOn: SendsOn = matchMedia('(pointer: coarse)').matches ? 'control-enter' : 'enter';
  protected readonly names = CONVERSATIONS;
  protected readonly conversation = this.store.conversation;
  protected readonly heading = computed(() => (this.store.state() === 'missing' ? 'Conversation not here' : this.conversation()?.record().title || 'New chat'));
  protected readonly isEmpty = computed(() => this.store.state() === 'ready' && this.conversation()?.path().length === 0);
  protected readonly samples = computed(() => (this.store.card()?.is_demo ? DEMO_PROMPTS : TELLING_PROMPTS));
  /** Where what is said stays. */
  private readonly keeping = computed(() => sayKeeping(this.store.card()));
  /** What happens first, when this model is asked. */
  private readonly ahead = computed(() => {
    const card = this.store.card();
    return card ? sayConversionsAhead([toOption(card, this.all.models())]) : '';
  });
  protected readonly hint = computed(() => [this.keeping(), this.ahead()].filter(Boolean).join('\n'));
  protected readonly shown = new ShownSteps(
    computed(() => this.conversation()?.id),
    computed(() => this.conversation()?.path() ?? []),
  );
  /** From which message on the model still knows the conversation, where it does not know all of it. */
  protected readonly knownFrom = computed(() => {
    const { leftOut = 0, from = null } = this.store.use() ?? {};
    return leftOut > 0 ? from : this.store.sentFrom();
  });
  private readonly lastAnswer = computed(() => {
    const message = this.conversation()?.path().at(-1)?.message;
    return message?.role === 'assistant' ? message : undefined;
  });
  private readonly lastState = computed(
    () => {
      const answer = this.lastAnswer();
      return answer && this.conversation()?.view(answer).state;
    },
    { equal: (a, b) => a?.kind === b?.kind },
  );
  /** The turning points of the last answer, for a screen reader. */
  protected readonly announcement = computed(() => {
    const answer = this.lastAnswer();
    // what was there when the page opened is no news
    if (!answer || !this.lastState() || !this.hasAsked()) return '';
    return untracked(() => announce(answer.modelTitle, this.conversation()?.view(answer)));
  });
  private readonly hasAsked = signal(false);

  private readonly writing = viewChild(Writing);
  private readonly follow = viewChild(FollowScrollDirective);
  protected readonly list = new HistoryPlace(800, sidebarChoice());

  constructor() {
    void this.history.load();
    this.all.follow();
    effect(() => {
      const id = this.route().get('id');
      untracked(() => void this.show(id));
    });
    const unseen = countUnseenEnds(this.store.running);
    effect(() => this.title.setTitle(`${unseen() > 0 ? `(${unseen()}) ` : ''}${this.heading()} · Tandem`));
    afterNextRender(() => void loadMarkdownRenderer().catch(() => undefined));
  }

  protected send(): void {
    if (!this.store.send()) return;
    this.began();
    const id = this.conversation()?.id;
    if (this.route().get('id') !== id) void this.router.navigate(['/chat', id]);
  }

  protected ask(prompt: string): void {
    this.store.setDraft(prompt);
    this.send();
  }

  protected edit(id: string, text: string): void {
    this.store.edit(id, text);
    this.began();
  }

  protected regenerate(id: string): void {
    this.store.regenerate(id);
    this.began();
  }

  protected goOn(id: string): void {
    this.store.goOn(id);
    this.began();
  }

  protected async delete(id: string): Promise<void> {
    const wasOpen = this.conversation()?.id === id;
    if (wasOpen) await this.router.navigate(['/chat']);
    // who began something else meanwhile stays there
    await this.store.delete(id, () => void (wasOpen && this.isEmpty() && this.router.navigate(['/chat', id])));
  }

  /** What is read stays where it is: the earlier messages come above it. */
  protected showEarlier(scroller: HTMLElement): void {
    const { scrollHeight, scrollTop } = scroller;
    this.shown.showEarlier();
    afterNextRender({ write: () => (scroller.scrollTop = scrollTop + scroller.scrollHeight - scrollHeight) }, { injector: this.injector });
  }

  /** Paper has no button for what is left out. */
  protected showAll(): void {
    this.shown.showAll();
    this.application.tick();
  }

  protected onKey(event: KeyboardEvent): void {
    if (!isForThePage(event) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && this.conversation()?.isRunning()) this.conversation()?.stop();
    else if (event.key === '/' && !isTyping(event.target)) this.writing()?.focus();
    else return;
    event.preventDefault();
  }

  private async show(id: string | null): Promise<void> {
    this.list.uncover();
    const before = this.conversation()?.id;
    await this.store.open(id);
    this.takeModelFromAddress(id);
    if (this.conversation()?.id === before) return;
    this.hasAsked.set(false);
    setTimeout(() => this.follow()?.toEnd());
    if (id === null && matchMedia('(pointer: fine)').matches) this.writing()?.focus();
  }

  /** A link to a model, as the Models page has them: it names the one that a new conversation begins with. */
  private takeModelFromAddress(id: string | null): void {
    const model = this.activated.snapshot.queryParamMap.get('model');
    if (id !== null || model === null) return;
    this.conversation()?.choose(model);
    void this.router.navigate([], { queryParams: {}, replaceUrl: true });
  }

  private began(): void {
    this.hasAsked.set(true);
    this.follow()?.toEnd();
    if (matchMedia('(pointer: fine)').matches) this.writing()?.focus();
  }
}
