// Sends one hostile body a few times, plain and compressed, from a process of its own: `sender.mjs <origin> <number> <times>`.
import { gzipSync } from 'node:zlib';
import { BODIES } from './bodies.mjs';

const [origin, number, times] = process.argv.slice(2);
const [, path, body] = BODIES[Number(number)];
const kinds = [
  [body, {}],
  [gzipSync(body), { 'Content-Encoding': 'gzip' }],
];
// the watcher begins
process.send('ready');
await new Promise((resolve) => process.once('message', resolve));
for (let time = 0; time < Number(times); time += 1) {
  for (const [sent, headers] of kinds) {
    const answer = await fetch(origin + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: sent }).catch((error) => ({
      status: error.cause?.code ?? 'failed',
    }));
    await answer.arrayBuffer?.();
  }
}
process.disconnect();
