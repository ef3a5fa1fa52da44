import { Worker } from 'node:worker_threads';

const IDLE_MS = 1_000;
/** For a thread to load its code, which counts for no request: a busy machine takes its time. */
const START_MS = 30_000;

/** Why there is no answer: it was late, took too much memory, or the thread ended. */
export type WorkerEnd = 'late' | 'too_large' | 'ended';

export interface WorkerBounds<Reply> {
  /** Its first message says that it is ready, each other one is a reply. */
  readonly entry: URL;
  readonly deadlineMs: number;
  readonly maxHeapMb: number;
  /** What is answered in place of the thread. */
  readonly replyFor: (end: WorkerEnd) => Reply;
  /** Handed to the thread as it starts, as its `workerData`. */
  readonly setup?: unknown;
  /** Whether it stays while nothing is asked. Default: it ends after a second. */
  readonly isKept?: boolean;
}

/**
 * A thread that answers one request after the other, each within a deadline and a heap limit; the next request after one that
 * broke them starts it anew. Terminating it is safe, since only JavaScript runs in it. `close` ends it once what was asked is
 * answered, `destroy` now.
 */
export class BoundedWorker<Request, Reply> {
  private worker: Worker | null = null;
  private ready: Promise<void> = Promise.resolve();
  private last: Promise<unknown> = Promise.resolve();
  private settle: ((reply: Reply) => void) | null = null;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(private readonly bounds: WorkerBounds<Reply>) {}

  /** Never rejects. */
  ask(request: Request): Promise<Reply> {
    const turn = this.last.then(() => this.exchange(request));
    this.last = turn;
    return turn;
  }

  async close(): Promise<void> {
    await this.last;
    await this.destroy();
  }

  async destroy(): Promise<void> {
    clearTimeout(this.idleTimer);
    await this.dropWorker();
    this.settle?.(this.bounds.replyFor('ended'));
  }

  private async exchange(request: Request): Promise<Reply> {
    clearTimeout(this.idleTimer);
    const reply = await this.post(request);
    if (!this.bounds.isKept) this.idleTimer = setTimeout(() => void this.dropWorker(), IDLE_MS).unref();
    return reply;
  }

  private post(request: Request): Promise<Reply> {
    return new Promise((resolve) => {
      let deadline = setTimeout(() => this.giveUp('late'), START_MS);
      this.settle = (reply) => {
        clearTimeout(deadline);
        this.settle = null;
        resolve(reply);
      };
      const worker = (this.worker ??= this.startWorker());
      void this.ready.then(() => {
        if (worker !== this.worker) return;
        clearTimeout(deadline);
        deadline = setTimeout(() => this.giveUp('late'), this.bounds.deadlineMs);
        worker.postMessage(request);
      });
    });
  }

  private startWorker(): Worker {
    const { entry, setup, maxHeapMb } = this.bounds;
    const worker = new Worker(entry, { workerData: setup, resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
    this.ready = new Promise((resolve) =>
      worker.once('message', () => {
        worker.on('message', (reply: Reply) => this.settle?.(reply));
        resolve();
      }),
    );
    worker.on('error', () => worker === this.worker && this.giveUp('too_large'));
    worker.on('exit', () => worker === this.worker && this.giveUp('ended'));
    return worker;
  }

  private giveUp(end: WorkerEnd): void {
    void this.dropWorker();
    this.settle?.(this.bounds.replyFor(end));
  }

  private async dropWorker(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}

/** To go on from what the thread was to do, as in "reading its header …". */
export function describeEnd(end: WorkerEnd, deadlineMs: number): string {
  if (end === 'late') return `took longer than ${deadlineMs / 1000} s`;
  return end === 'too_large' ? 'took more memory than allowed' : 'failed';
}
