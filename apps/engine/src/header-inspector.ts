import { Worker } from 'node:worker_threads';
import type { CheckpointPaths } from '@tandem/shared/engine-protocol';
import { EngineError } from './engine-error';
import type { CheckpointHeader } from './gguf/checkpoint-header';
import type { HeaderReply, HeaderRequest } from './header.worker';
import type { SealCheck } from './seal-check';

const DEADLINE_MS = 3_000;
const IDLE_MS = 1_000;
const MAX_HEAP_MB = 128;

/**
 * Reads checkpoint headers in a thread of its own, one after the other, each within a deadline and a heap limit.
 * Terminating that thread is safe, since only JavaScript runs in it; it ends by itself when nothing is left to read.
 */
export class HeaderInspector {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private settle: ((reply: HeaderReply) => void) | null = null;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly workerEntry: URL,
    private readonly seals: SealCheck,
    private readonly kvBudgetBytes: () => number,
  ) {}

  /** Files that have a hash written beside them are also read as a whole, with no deadline: others do not wait for that. */
  async inspect(paths: CheckpointPaths): Promise<CheckpointHeader> {
    const turn = this.last.then(() => this.read({ paths, kvBudgetBytes: this.kvBudgetBytes() }));
    this.last = turn.catch(() => undefined);
    const { header, seals } = await turn;
    for (const [index, path] of paths.entries()) {
      const seal = seals[index] ?? null;
      if (seal !== null) await this.seals.check(path, seal);
    }
    return header;
  }

  async destroy(): Promise<void> {
    clearTimeout(this.idleTimer);
    await Promise.all([this.dropWorker(), this.seals.destroy()]);
  }

  private async read(request: HeaderRequest): Promise<Exclude<HeaderReply, { fault: unknown }>> {
    clearTimeout(this.idleTimer);
    const reply = await this.ask(request);
    this.idleTimer = setTimeout(() => void this.dropWorker(), IDLE_MS).unref();
    if ('fault' in reply) throw new EngineError(reply.fault.code, reply.fault.message, reply.fault.retryable);
    return reply;
  }

  private ask(request: HeaderRequest): Promise<HeaderReply> {
    return new Promise((resolve) => {
      const deadline = setTimeout(() => this.giveUp(`reading its header took longer than ${DEADLINE_MS / 1000} s`), DEADLINE_MS);
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
    const worker = new Worker(this.workerEntry, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    worker.on('message', (reply: HeaderReply) => this.settle?.(reply));
    worker.on('error', () => worker === this.worker && this.giveUp('reading its header took more memory than allowed'));
    worker.on('exit', () => worker === this.worker && this.giveUp('reading its header failed'));
    return worker;
  }

  private giveUp(reason: string): void {
    void this.dropWorker();
    this.settle?.({ fault: { code: 'model_invalid', message: `This is not a usable GGUF file: ${reason}.`, retryable: false } });
  }

  private async dropWorker(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}
