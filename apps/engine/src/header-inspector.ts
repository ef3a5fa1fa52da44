import type { CheckpointPaths } from '@tandem/shared/engine-protocol';
import { BoundedWorker, describeEnd, type WorkerEnd } from './bounded-worker';
import { EngineError } from './engine-error';
import type { CheckpointHeader } from './gguf/checkpoint-header';
import type { HeaderReply, HeaderRequest } from './header.worker';
import type { ChecksumVerifier } from './checksum-verifier';

const DEADLINE_MS = 3_000;
const MAX_HEAP_MB = 128;

/** Reads checkpoint headers in a thread of its own, one after the other, each within a deadline and a heap limit. */
export class HeaderInspector {
  private readonly worker: BoundedWorker<HeaderRequest, HeaderReply>;

  constructor(
    entry: URL,
    private readonly checksums: ChecksumVerifier,
    private readonly kvBudgetBytes: () => number,
  ) {
    this.worker = new BoundedWorker<HeaderRequest, HeaderReply>({ entry, deadlineMs: DEADLINE_MS, maxHeapMb: MAX_HEAP_MB, replyFor: unreadable });
  }

  /** Files that have a hash written beside them are also read as a whole, with no deadline: others do not wait for that. */
  async inspect(paths: CheckpointPaths): Promise<CheckpointHeader> {
    const reply = await this.worker.ask({ paths, kvBudgetBytes: this.kvBudgetBytes() });
    if ('fault' in reply) throw new EngineError(reply.fault.code, reply.fault.message, { retryable: reply.fault.retryable });
    for (const [index, path] of paths.entries()) {
      const checksum = reply.checksums[index] ?? null;
      if (checksum !== null) await this.checksums.check(path, checksum);
    }
    return reply.header;
  }

  async destroy(): Promise<void> {
    await Promise.all([this.worker.destroy(), this.checksums.destroy()]);
  }
}

function unreadable(end: WorkerEnd): HeaderReply {
  return {
    fault: { code: 'model_invalid', message: `This is not a usable GGUF file: reading its header ${describeEnd(end, DEADLINE_MS)}.`, retryable: false },
  };
}
