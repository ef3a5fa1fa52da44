import { Fault } from '@tandem/api/faults';
import { MemoryStore } from 'express-rate-limit';

const WINDOW_MS = 60_000;
/** How many wrong tokens may come from one address in a while. */
const WRONG_TOKENS = 10;

/** Counts wrong tokens, wherever they are tried and whatever is answered. A right one gets in whoever else guesses from its address. */
export class Guesses {
  private readonly store = new MemoryStore();

  constructor() {
    this.store.init({ windowMs: WINDOW_MS } as Parameters<MemoryStore['init']>[0]);
  }

  /** @throws Fault `rate_limited` past the number; until then who guessed wrong is told so */
  async note(address: string): Promise<void> {
    const { totalHits, resetTime } = await this.store.increment(address);
    if (totalHits <= WRONG_TOKENS) return;
    const seconds = Math.max(1, Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1000));
    throw new Fault('rate_limited', 'Too many wrong access tokens came from this address. Wait a minute, then try again.', {
      retryable: true,
      retryAfterSeconds: Math.min(seconds, WINDOW_MS / 1000),
    });
  }

  close(): void {
    this.store.shutdown();
  }
}
