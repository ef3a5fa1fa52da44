import { Worker } from 'node:worker_threads';
import { withoutPaths } from '@tandem/shared/engine-protocol';
import type { BindingSettings, FromBinding, ToBinding } from './binding-messages';

/** What V8 may hold of what was just made, in MiB: left to itself it is 48, beside the memory that llama.cpp is allowed. A quarter of it costs no time that shows. */
const YOUNG_MB = 12;

type State = 'running' | 'closing' | 'closed';

/**
 * Owns the thread that llama.cpp's binding lives in. It is never terminated: doing that while it computes aborts the
 * whole process. `close` asks it to let go of everything and resolves when it ended.
 */
export class BindingThread {
  private state: State = 'running';
  private readonly worker: Worker;
  private readonly ended: Promise<void>;

  constructor(entry: URL, settings: BindingSettings, onBatch: (batch: readonly FromBinding[]) => void) {
    this.worker = new Worker(entry, { workerData: settings, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    let hasSpoken = false;
    this.worker.on('message', (batch: readonly FromBinding[]) => {
      hasSpoken = true;
      onBatch(batch);
    });
    this.ended = new Promise((resolve) => {
      this.worker.once('exit', () => {
        this.state = 'closed';
        resolve();
      });
    });
    this.worker.on('error', (error) => {
      // A defect, and what it leaves behind natively is unknown: end the process, its owner restarts it.
      if (hasSpoken) throw error;
      const message = `The package node-llama-cpp cannot be loaded: ${withoutPaths(error.message)}`;
      onBatch([{ type: 'unavailable', fault: { code: 'local_inference_unavailable', message, retryable: false } }]);
    });
  }

  post(message: ToBinding): void {
    this.worker.postMessage(message);
  }

  close(): Promise<void> {
    if (this.state === 'running') {
      this.state = 'closing';
      this.post({ type: 'shutdown' });
    }
    return this.ended;
  }
}
