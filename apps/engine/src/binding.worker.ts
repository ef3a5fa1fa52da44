import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Llama } from 'node-llama-cpp';
import type { BindingSettings, FromBinding, ToBinding } from './binding-messages';
import { CallDesk } from './binding/call-desk';
import { Complaints } from './binding/complaints';
import { LoadedModels } from './binding/loaded-models';
import { ECHO_PIPE, SpareThread } from './binding/spare-thread';
import { engineFaultOf } from './engine-error';
import { FrameOutbox } from './frame-outbox';

const ALIVE_INTERVAL_MS = 1_000;
const DISPOSE_DEADLINE_MS = 300;

const port = parentPort;
if (port === null) throw new Error('binding.worker runs as a worker thread only');
const settings = workerData as BindingSettings;
const outbox = new FrameOutbox((batch) => port.postMessage(batch));
const complaints = new Complaints();

try {
  serve(await openBinding());
} catch (thrown) {
  const { message } = engineFaultOf(thrown);
  outbox.post({
    type: 'unavailable',
    fault: { code: 'local_inference_unavailable', message: `llama.cpp cannot be used on this machine: ${message}`, retryable: false },
  });
}

async function openBinding(): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  return getLlama({
    // Of the binaries that are installed, the first whose devices are there: CUDA, Vulkan or Metal, else the CPU's.
    gpu: settings.usesGpu ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.warn,
    logger: complaints.log,
    // Each context asks for all threads that may compute; decodes take turns, see SpareThread.
    maxThreads: 0,
  });
}

function serve(llama: Llama): void {
  const spare = new SpareThread(ECHO_PIPE);
  const models = new LoadedModels(llama, settings, spare, () => complaints.take());
  const desk = new CallDesk(models, (message) => outbox.post(message));
  const alive = setInterval(() => outbox.post({ type: 'alive' }), ALIVE_INTERVAL_MS);
  port?.on('message', (message: ToBinding) => {
    switch (message.type) {
      case 'cancel':
        desk.cancel(message.id);
        return;
      case 'pause':
        desk.pause(message.id);
        return;
      case 'resume':
        desk.resume(message.id);
        return;
      case 'shutdown':
        void close();
        return;
      default:
        void desk.take(message);
    }
  });
  outbox.post({ type: 'ready', threads: settings.threads, backend: llama.gpu === false ? 'cpu' : llama.gpu });

  // The order in which native memory may be let go of: generations, contexts, models, the binding, then the thread.
  async function close(): Promise<void> {
    desk.cancelAll();
    await models.close();
    // A load that failed or was stopped keeps it from ending, by the binding's own count: nothing is left to wait for.
    await Promise.race([llama.dispose(), sleep(DISPOSE_DEADLINE_MS, undefined, { ref: false })]);
    spare.close();
    clearInterval(alive);
    outbox.flush();
    port?.postMessage([{ type: 'closed' }] satisfies FromBinding[]);
    // A load that was stopped early leaves a handle of the binding that would keep this thread for ever.
    process.exit(0);
  }
}
