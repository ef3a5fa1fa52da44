import { BoundedWorker, describeEnd, type WorkerEnd } from './bounded-worker';
import { EngineError } from './engine-error';
import type { Recognised, RecogniserReply, RecogniserRequest } from './recogniser.worker';

const DEADLINE_MS = 10_000;
const MAX_HEAP_MB = 256;

/** Finds out what checkpoints of other formats are, in a thread of its own, each within a deadline and a heap limit. */
export class CheckpointRecogniser {
  private readonly worker: BoundedWorker<RecogniserRequest, RecogniserReply>;

  constructor(
    entry: URL,
    private readonly kvBudgetBytes: () => number,
  ) {
    this.worker = new BoundedWorker<RecogniserRequest, RecogniserReply>({ entry, deadlineMs: DEADLINE_MS, maxHeapMb: MAX_HEAP_MB, replyFor: unreadable });
  }

  async recognise({ path, root, convertedType }: Omit<RecogniserRequest, 'kvBudgetBytes'>): Promise<Recognised> {
    const reply = await this.worker.ask({ path, root, convertedType, kvBudgetBytes: this.kvBudgetBytes() });
    if ('fault' in reply) throw new EngineError(reply.fault.code, reply.fault.message, { retryable: reply.fault.retryable });
    return reply;
  }

  destroy(): Promise<void> {
    return this.worker.destroy();
  }
}

function unreadable(end: WorkerEnd): RecogniserReply {
  return {
    fault: {
      code: 'model_invalid',
      message: `This is not a usable checkpoint: reading its table of contents ${describeEnd(end, DEADLINE_MS)}.`,
      retryable: false,
    },
  };
}
