import { readFileSync, writeSync } from 'node:fs';
import { convertCheckpoint } from '@tandem/import/families';
import type { ConversionJob, ConverterMessage } from '@tandem/shared/converter-protocol';
import { answerOf } from './answer-of';
import { Steps } from './steps';

// One conversion, from the job on its standard input to the end of the process. It runs under Node's permission model and
// reads and writes nothing but what it was told; whoever started it may kill it at any moment and removes what it left then.
// It speaks in lines on its standard output, which whoever reads them can bound; a channel of Node's own cannot be.
const STDIN = 0;
const STDOUT = 1;
const parent = process.ppid;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
const job = JSON.parse(readFileSync(STDIN, 'utf8')) as ConversionJob;
const steps = new Steps((writtenBytes, totalBytes) => say({ type: 'progress', writtenBytes, totalBytes }));
const answer = answerOf(() => convertCheckpoint(job, report));
say(answer);
process.exit(answer.type === 'converted' ? 0 : 1);

function report(writtenBytes: number, totalBytes: number): void {
  // The work holds this thread until it is done: a parent that died is noticed by its number alone.
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  steps.report(writtenBytes, totalBytes);
}

function say(message: ConverterMessage): void {
  writeSync(STDOUT, `${JSON.stringify(message)}\n`);
}
