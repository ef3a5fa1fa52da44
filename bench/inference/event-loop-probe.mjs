// Loaded into the API process by the bench: answers how late its event loop was since it was asked last, in milliseconds. It looks
// from the first question on: its looks cost up to a fifth of what an answer does.
import { monitorEventLoopDelay } from 'node:perf_hooks';

if (process.send && process.argv[1]?.endsWith('api/main.js')) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  process.on('message', (message) => {
    if (message !== 'event_loop_delay') return;
    process.send({ p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6 });
    delay.reset();
    delay.enable();
  });
}
