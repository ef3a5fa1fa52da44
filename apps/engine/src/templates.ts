import type { TemplateRequest, TemplateAnswer } from './template-messages';
import { TemplateThread } from './template-thread';

// The process that runs chat templates: a program from a file may fill the memory faster than any limit of a thread's
// heap can end that thread, and V8 then ends the process.
const threads = new Map<number, TemplateThread>();

process.on('message', (request: TemplateRequest) => {
  switch (request.type) {
    case 'open':
      threads.set(request.key, new TemplateThread(request.setup));
      return;
    case 'close':
      void threads.get(request.key)?.close();
      threads.delete(request.key);
      return;
    case 'render':
      void threads
        .get(request.key)
        ?.render(request.conversation)
        .then((reply) => answer({ id: request.id, reply }));
  }
});
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

function answer(message: TemplateAnswer): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
