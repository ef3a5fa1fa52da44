import { randomUUID } from 'node:crypto';
import type { ExpectationBuffer, ExpectationBuffers } from '@tandem/api/completion';
import { RequestQueue, untilAborted } from '@tandem/shared/concurrency';
import type { EngineHost } from './engine-host';

/** Each may take 32 MB of the engine's memory. */
const OPEN_AT_ONCE = 4;

/** The engine's buffers for what models expect: those beyond what may be open at once wait for their turn, in order. */
export class LocalBuffers implements ExpectationBuffers {
  private readonly queue = new RequestQueue({ running: OPEN_AT_ONCE, waiting: Infinity });

  constructor(private readonly host: EngineHost) {}

  async open(signal: AbortSignal): Promise<ExpectationBuffer> {
    const { turn, giveBack } = this.queue.take();
    try {
      await untilAborted(turn, signal);
    } catch (thrown) {
      giveBack();
      throw thrown;
    }
    const id = randomUUID();
    return { id, close: () => this.drop(id).finally(giveBack) };
  }

  /** What an engine kept went with it. */
  private async drop(buffer: string): Promise<void> {
    if (this.host.isRunning) await this.host.call({ type: 'drop', buffer }).catch(() => undefined);
  }
}
