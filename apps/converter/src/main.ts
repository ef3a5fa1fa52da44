import { convertCheckpoint } from '@tandem/import/families';
import type { ConversionJob, ConverterMessage } from '@tandem/shared/converter-protocol';
import { answerOf } from './answer-of';
import { Steps } from './steps';

// One conversion, from the first message to the end of the process. It runs under Node's permission model and reads and
// writes nothing but what it was told; whoever started it may kill it at any moment and removes what it left then.
const parent = process.ppid;

process.once('message', (job: ConversionJob) => {
  const steps = new Steps((writtenBytes, totalBytes) => {
    // The work holds this thread until it is done: a parent that died is noticed by its number alone.
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    say({ type: 'progress', writtenBytes, totalBytes });
  });
  const answer = answerOf(() => convertCheckpoint(job, (written, total) => steps.report(written, total)));
  say(answer, () => process.exit(answer.type === 'converted' ? 0 : 1));
});
process.once('disconnect', () => process.exit(1));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

function say(message: ConverterMessage, onSaid: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, undefined, undefined, onSaid);
}
