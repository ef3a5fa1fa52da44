import { Worker } from 'node:worker_threads';

const IDLE_MS = 1_000;

export interface WorkerBounds<Reply> {
  readonly entry: URL;
  readonly deadlineMs: number;
  readonly maxHeapMb: number;
  /** What is answered in place of a worker that is late, takes too much memory, or ends. */
  readonly replyFor: (reason: string) => Reply;
}

/**
 * A thread that answers one request after the other, each within a deadline and a heap limit. Terminating it is safe, since
 * only JavaScript runs in it; it ends by itself when nothing is asked any more. `destroy` ends it now.
 */
export class BoundedWorker<Request, Reply> {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private settle: ((reply: Reply) => void) | null = null;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(private readonly bounds: WorkerBounds<Reply>) {}

  ask(request: Request): Promise<Reply> {
    const turn = this.last.then(() => this.exchange(request));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async destroy(): Promise<void> {
    clearTimeout(this.idleTimer);
    await this.dropWorker();
  }

  private async exchange(request: Request): Promise<Reply> {
    clearTimeout(this.idleTimer);
    const reply = await this.post(request);
    this.idleTimer = setTimeout(() => void this.dropWorker(), IDLE_MS).unref();
    return reply;
  }

  private post(request: Request): Promise<Reply> {
    const { deadlineMs } = this.bounds;
    return new Promise((resolve) => {
      const deadline = setTimeout(() => this.giveUp(`took longer than ${deadlineMs / 1000} s`), deadlineMs);
      this.settle = (reply) => {
        clearTimeout(deadline);
        this.settle = null;
        resolve(reply);
      };
      this.worker ??= this.startWorker();
      this.worker.postMessage(request);
    });
  }

  private startWorker(): Worker {
    const worker = new Worker(this.bounds.entry, { resourceLimits: { maxOldGenerationSizeMb: this.bounds.maxHeapMb } });
    worker.on('message', (reply: Reply) => this.settle?.(reply));
    worker.on('error', () => worker === this.worker && this.giveUp('took more memory than allowed'));
    worker.on('exit', () => worker === this.worker && this.giveUp('failed'));
    return worker;
  }

  private giveUp(reason: string): void {
    void this.dropWorker();
    this.settle?.(this.bounds.replyFor(reason));
  }

  private async dropWorker(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}
