import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TemplateAnswer, TemplateReply, TemplateRequest } from './template-messages';
import type { Conversation, TemplateSetup } from './template/chat-template';

const TOO_LARGE: TemplateReply = { refusal: 'it needs more memory than it may have' };
/** Of those who wait while the process ends, only one is to blame; each is given a second try. */
const MAX_TRIES = 2;

/** One model's chat template. `close` once nobody needs it. */
export interface OpenTemplate {
  render(conversation: Conversation): Promise<TemplateReply>;
  close(): void;
}

interface Pending {
  readonly key: number;
  readonly conversation: Conversation;
  readonly settle: (reply: TemplateReply) => void;
  readonly tries: number;
}

/**
 * Owns the process that runs chat templates: started by the first one, started again when one brought it down. It holds
 * nothing native and may be ended at any time; it ends by itself when the engine does. `close` ends it.
 */
export class TemplateProcess {
  private child: ChildProcess | null = null;
  private readonly setups = new Map<number, TemplateSetup>();
  private readonly pending = new Map<number, Pending>();
  private lastNumber = 0;

  open(setup: TemplateSetup): OpenTemplate {
    const key = ++this.lastNumber;
    this.setups.set(key, setup);
    if (this.child !== null) this.send({ type: 'open', key, setup });
    return {
      render: (conversation) => new Promise((settle) => this.ask({ key, conversation, settle, tries: 1 })),
      close: () => {
        this.setups.delete(key);
        if (this.child !== null) this.send({ type: 'close', key });
      },
    };
  }

  close(): Promise<void> {
    const { child } = this;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  private ask(pending: Pending): void {
    const id = ++this.lastNumber;
    this.pending.set(id, pending);
    this.child ??= this.start();
    this.send({ type: 'render', key: pending.key, id, conversation: pending.conversation });
  }

  private start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./templates.js', import.meta.url)), [], { env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.child = child;
    child.on('message', ({ id, reply }: TemplateAnswer) => {
      this.pending.get(id)?.settle(reply);
      this.pending.delete(id);
    });
    child.once('error', () => this.onExit(child));
    child.once('exit', () => this.onExit(child));
    for (const [key, setup] of this.setups) this.send({ type: 'open', key, setup });
    return child;
  }

  private send(request: TemplateRequest): void {
    if (this.child?.connected) this.child.send(request, () => undefined);
  }

  private onExit(child: ChildProcess): void {
    if (child !== this.child) return;
    this.child = null;
    const lost = [...this.pending.values()];
    this.pending.clear();
    for (const pending of lost) {
      if (lost.length === 1 || pending.tries >= MAX_TRIES || !this.setups.has(pending.key)) pending.settle(TOO_LARGE);
    }
    void this.retry(lost.length === 1 ? [] : lost.filter(({ tries }) => tries < MAX_TRIES));
  }

  /** One after the other, so that only who is to blame is left when it happens again. */
  private async retry(lost: readonly Pending[]): Promise<void> {
    for (const { key, conversation, settle, tries } of lost) {
      await new Promise<void>((next) => {
        const done = (reply: TemplateReply): void => {
          settle(reply);
          next();
        };
        this.ask({ key, conversation, settle: done, tries: tries + 1 });
      });
    }
  }
}
