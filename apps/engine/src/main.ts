import { parseArgs } from 'node:util';
import type { ToEngine } from '@tandem/shared/engine-protocol';
import { BindingThread } from './binding-thread';
import { CheckpointRecogniser } from './checkpoint-recogniser';
import { ChecksumVerifier } from './checksum-verifier';
import { ControlLoop } from './control-loop';
import { HeaderInspector } from './header-inspector';
import { kvBudgetOf } from './kv-budget';
import { Outbox } from './outbox';
import { RuleBuilder } from './rule-builder';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    'memory-bytes': { type: 'string', default: 'Infinity' },
    'no-gpu': { type: 'boolean', default: false },
    /** How long the native side may take to let go before the process ends the hard way. */
    'close-seconds': { type: 'string', default: '5' },
  },
});
const threads = Math.max(1, Number.parseInt(values.threads, 10) || 1);

const kvBudgetBytes = kvBudgetOf(Number(values['memory-bytes']) || Infinity);

const outbox = new Outbox((batch) => {
  if (process.connected) process.send?.(batch, undefined, undefined, () => undefined);
});
const inspector = new HeaderInspector(
  new URL('./header.worker.js', import.meta.url),
  new ChecksumVerifier(new URL('./hash.worker.js', import.meta.url)),
  kvBudgetBytes,
);
const recogniser = new CheckpointRecogniser(new URL('./recogniser.worker.js', import.meta.url), kvBudgetBytes);
const rules = new RuleBuilder(new URL('./grammar.worker.js', import.meta.url));
const binding = new BindingThread(new URL('./binding.worker.js', import.meta.url), { threads, usesGpu: !values['no-gpu'] }, (batch) => loop.relay(batch));
const loop = new ControlLoop({ inspector, recogniser, rules }, binding, outbox, kvBudgetBytes);

process.on('message', (message: ToEngine) => {
  if (message.type === 'shutdown') void close();
  else loop.take(message);
});
// The API is gone, however it went: nobody needs the models any more.
process.on('disconnect', () => void close());
// Ctrl+C and a stopped container reach the whole process group; the API decides when this process ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

async function close(): Promise<void> {
  // A clean exit runs destructors that wait for threads which may hang; a killed process waits for nothing.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(values['close-seconds']) * 1_000).unref();
  await Promise.all([inspector.destroy(), recogniser.destroy(), rules.destroy()]);
  await binding.close();
  process.exit(0);
}
