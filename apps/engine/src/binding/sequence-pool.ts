import type { LlamaContextSequence } from 'node-llama-cpp';
import { EngineError } from '../engine-error';

const MAX_WAITING = 32;

interface Waiter {
  readonly grant: (sequence: LlamaContextSequence) => void;
  readonly onPosition: (position: number) => void;
}

/** Lends a context's sequences out; who finds none free waits in line. */
export class SequencePool {
  private readonly free: LlamaContextSequence[];
  private readonly waiting: Waiter[] = [];

  constructor(readonly sequences: readonly LlamaContextSequence[]) {
    this.free = [...sequences];
  }

  /** Rejects with the signal's reason when that is aborted first, and with `queue_full` when too many wait. */
  acquire(signal: AbortSignal, onPosition: (position: number) => void): Promise<LlamaContextSequence> {
    signal.throwIfAborted();
    const sequence = this.free.shift();
    if (sequence !== undefined) return Promise.resolve(sequence);
    if (this.waiting.length >= MAX_WAITING) {
      const message = `${MAX_WAITING} requests already wait for this model. Try again in a moment.`;
      return Promise.reject(new EngineError('queue_full', message, true));
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        this.announce();
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        grant: (granted) => {
          signal.removeEventListener('abort', leave);
          resolve(granted);
        },
        onPosition,
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(waiter);
      onPosition(this.waiting.length);
    });
  }

  release(sequence: LlamaContextSequence): void {
    const next = this.waiting.shift();
    if (next === undefined) {
      this.free.push(sequence);
      return;
    }
    next.grant(sequence);
    this.announce();
  }

  private announce(): void {
    this.waiting.forEach((waiter, index) => waiter.onPosition(index + 1));
  }
}
