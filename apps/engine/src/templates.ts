import { BoundedWorker, type WorkerEnd } from './bounded-worker';
import type { Conversation, TemplateSetup } from './template/chat-template';
import type { TemplateAnswer, TemplateReply, TemplateRequest } from './template-messages';

const DEADLINE_MS = 2_000;
const MAX_HEAP_MB = 128;

/** A template is a program from a file: it may run for ever or fill the memory. */
type TemplateThread = BoundedWorker<Conversation, TemplateReply>;

const REFUSALS: Readonly<Record<WorkerEnd, string>> = {
  late: `it takes longer than ${DEADLINE_MS / 1000} s`,
  too_large: 'it needs more memory than it may have',
  ended: 'it ended',
};

// The process that runs chat templates: a program from a file may fill the memory faster than any limit of a thread's
// heap can end that thread, and V8 then ends the process.
const threads = new Map<number, TemplateThread>();

process.on('message', (request: TemplateRequest) => {
  switch (request.type) {
    case 'open':
      threads.set(request.key, threadFor(request.setup));
      return;
    case 'close':
      void threads.get(request.key)?.close();
      threads.delete(request.key);
      return;
    case 'render':
      void threads
        .get(request.key)
        ?.ask(request.conversation)
        .then((reply) => answer({ id: request.id, reply }));
  }
});
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

function threadFor(setup: TemplateSetup): TemplateThread {
  return new BoundedWorker<Conversation, TemplateReply>({
    entry: new URL('./template.worker.js', import.meta.url),
    deadlineMs: DEADLINE_MS,
    maxHeapMb: MAX_HEAP_MB,
    replyFor: (end) => ({ refusal: REFUSALS[end] }),
    setup,
    isKept: true,
  });
}

function answer(message: TemplateAnswer): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
