// `npm run bench:http`: what Tandem adds to a model server's answer, how many it relays, and how fast it starts. Needs a
// build; the model server is a stand-in that answers at once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { load } from './http/clients.mjs';
import { freePort, withServer } from './server.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const CLIENTS = 10;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const rounded = (value) => Math.round(value * 100) / 100;
const span = (numbers) => `${rounded(Math.min(...numbers))}–${rounded(Math.max(...numbers))}`;

const standIn = spawn(process.execPath, ['bench/http/stand-in.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = Number(String((await once(standIn.stdout, 'data'))[0]));
const messages = [{ role: 'user', content: 'What is the answer?' }];
const models = JSON.stringify([{ name: 'stand-in', endpoint: `127.0.0.1:${port}`, protocol: 'openai-chat', model: 'stand-in' }]);

try {
  // as it runs in production: with its log, which nobody reads here
  await withServer(
    { BASELINE_MODELS: models, TWODELTA_MODELS: '[]', CHECKPOINTS_DIR: 'none', LOG_LEVEL: 'info', LOG_FORMAT: 'json' },
    async (origin, server) => {
      server.stdout.resume();
      const [whole, own] = [
        { model: 'stand-in', messages, stream: false },
        { model: 'stand-in', messages },
      ];
      const faces = [
        { how: 'as a whole (/v1/chat/completions)', asked: whole, through: { url: `${origin}/v1/chat/completions`, body: whole } },
        { how: 'as a stream of five tokens (/stream)', asked: { ...whole, stream: true }, through: { url: `${origin}/stream`, body: own } },
      ];
      for (const { how, asked, through } of faces) {
        const direct = { url: `http://127.0.0.1:${port}/v1/chat/completions`, body: asked };
        await load({ ...direct, clients: CLIENTS, seconds: 2 });
        const warmUp = await load({ ...through, clients: CLIENTS, seconds: 2 });
        if (warmUp.failures > 0) {
          console.log(`Answers ${how}: left out, as ${warmUp.failures} of ${warmUp.count} failed.`);
          continue;
        }
        const overheads = [];
        const one = { direct: [], through: [] };
        for (let round = 0; round < rounds; round += 1) {
          one.direct.push((await load({ ...direct, clients: 1, seconds: seconds / 2 })).medianMs);
          one.through.push((await load({ ...through, clients: 1, seconds: seconds / 2 })).medianMs);
          overheads.push(one.through.at(-1) - one.direct.at(-1));
        }
        console.log(`Answers ${how}, one client, one question after the other, ${rounds} rounds taken in turns:`);
        console.table([
          {
            'direct, median ms': rounded(median(one.direct)),
            'through Tandem': rounded(median(one.through)),
            'Tandem adds': rounded(median(overheads)),
            'lowest to highest': span(overheads),
          },
        ]);

        const many = [];
        for (let round = 0; round < rounds; round += 1) many.push(await withCpu(server.pid, () => load({ ...through, clients: CLIENTS, seconds })));
        const of = (what) => many.map((result) => result[what]);
        console.log(`Answers ${how}, ${CLIENTS} clients at once, ${rounds} rounds of ${seconds} s:`);
        console.table([
          {
            'requests/s': Math.round(median(of('perSecond'))),
            'lowest to highest': span(of('perSecond')),
            'p50, ms': rounded(median(of('medianMs'))),
            'p99, ms': rounded(median(of('p99Ms'))),
            'p99, lowest to highest': span(of('p99Ms')),
            'CPU µs per request': Math.round(median(of('cpuMicros'))),
            failed: of('failures').reduce((sum, count) => sum + count, 0),
          },
        ]);
      }
    },
  );

  const starts = [];
  for (let round = 0; round < rounds; round += 1) starts.push(await coldStart());
  console.log('From the start of the process to a 200 of /readyz, demo checkpoints included:');
  console.table([{ 'median, ms': Math.round(median(starts)), 'lowest to highest': `${Math.round(Math.min(...starts))}–${Math.round(Math.max(...starts))}` }]);
} finally {
  standIn.kill();
}

/** Adds what the server's process spent for each request. */
async function withCpu(pid, work) {
  const before = cpuMs(pid);
  const result = await work();
  return { ...result, cpuMicros: ((cpuMs(pid) - before) * 1000) / result.count };
}

function cpuMs(pid) {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
}

async function coldStart() {
  const at = await freePort();
  const start = performance.now();
  const server = spawn(process.execPath, ['dist/apps/api/main.js'], {
    env: { ...process.env, PORT: String(at), HOST: '127.0.0.1', LOG_FORMAT: 'json' },
    stdio: 'ignore',
  });
  const isReady = () =>
    fetch(`http://127.0.0.1:${at}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await delay(5);
  const took = performance.now() - start;
  server.kill('SIGTERM');
  await once(server, 'exit');
  return took;
}
