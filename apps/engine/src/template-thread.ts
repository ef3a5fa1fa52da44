import { Worker } from 'node:worker_threads';
import type { Conversation, TemplateSetup } from './template/chat-template';
import type { TemplateReply } from './template-messages';

const DEADLINE_MS = 2_000;
const MAX_HEAP_MB = 128;

/**
 * A model's chat template in a thread of its own, since it is a program from a file: it may run for ever or fill the
 * memory. Terminating that thread is safe, only JavaScript runs in it; the next conversation starts a new one.
 */
export class TemplateThread {
  private worker: Worker | null = null;
  private ready: Promise<void> = Promise.resolve();
  private last: Promise<unknown> = Promise.resolve();
  private settle: ((reply: TemplateReply) => void) | null = null;

  constructor(private readonly setup: TemplateSetup) {}

  /** One conversation after the other. Never rejects. */
  render(conversation: Conversation): Promise<TemplateReply> {
    const turn = this.last.then(() => this.renderNow(conversation));
    this.last = turn;
    return turn;
  }

  async close(): Promise<void> {
    await this.last;
    await this.drop();
  }

  private async renderNow(conversation: Conversation): Promise<TemplateReply> {
    const worker = this.worker ?? this.start();
    await this.ready;
    return new Promise<TemplateReply>((resolve) => {
      const deadline = setTimeout(() => {
        void this.drop();
        this.settle?.({ refusal: `it takes longer than ${DEADLINE_MS / 1000} s` });
      }, DEADLINE_MS);
      this.settle = (settled) => {
        clearTimeout(deadline);
        this.settle = null;
        resolve(settled);
      };
      worker.postMessage(conversation);
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL('./template.worker.js', import.meta.url), {
      workerData: this.setup,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    this.worker = worker;
    this.ready = new Promise((resolve) => {
      worker.once('message', () => {
        worker.on('message', (reply: TemplateReply) => this.settle?.(reply));
        resolve();
      });
      worker.once('exit', () => resolve());
    });
    worker.on('error', () => this.giveUp(worker, 'it needs more memory than it may have'));
    worker.on('exit', () => this.giveUp(worker, 'it ended'));
    return worker;
  }

  private giveUp(worker: Worker, refusal: string): void {
    if (worker !== this.worker) return;
    void this.drop();
    this.settle?.({ refusal });
  }

  private async drop(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}
