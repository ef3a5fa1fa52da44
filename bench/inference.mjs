// `npm run bench:inference`: local inference through Tandem's HTTP API beside llama.cpp's own server, in one run, as
// ratios. Needs a build, and llama-server; docs/performance.md says how it is named to this script.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withLlamaServer } from './inference/llama-server.mjs';
import { words, writeRandomModel } from './inference/random-model.mjs';
import { withTandem } from './inference/tandem.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, threads: { type: 'string', default: '2' }, only: { type: 'string' } } });
const rounds = Number(values.rounds);
const threads = Number(values.threads);
const SLOTS = 4;
const CONTEXT = 4_096;
const IDLE_SECONDS = 5;

const root = process.env.LLAMA_ROOT ?? '';
const inside = root === '' ? join(tmpdir(), 'tandem-bench') : '/tmp/tandem-bench';
const folder = join(root, inside);
const [first, second] = ['pretrain/random-a.gguf', 'pretrain/random-b.gguf'];
writeRandomModel(join(folder, first));
mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, second))) copyFileSync(join(folder, first), join(folder, second));

let seed = Date.now() % 1_000_000;
const question = (promptTokens, maxTokens) => ({ model: first, prompt: words(promptTokens, ++seed).trim(), maxTokens, seed: 1 });
const speed = ({ firstMs, totalMs, tokens }) => ((tokens - 1) * 1000) / (totalMs - firstMs);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const thousandths = (value) => Math.round(value * 1_000) / 1_000;
const rounded = (value) => (value === undefined ? '' : Math.round(value * 100) / 100);

/** Each takes a server and gives a figure where more is better, or less where it says so. */
const tasks = {
  'one stream, tokens/s': async ({ ask }) => speed(await ask(question(100, 128))),
  'prompt of 1,024 tokens, tokens/s': async ({ ask }) => {
    const { firstMs, promptTokens } = await ask(question(1_024, 1));
    return (promptTokens * 1000) / firstMs;
  },
  'prompt of 60 tokens, 50 of them read before, ms to the first token (less is better)': async ({ ask }) => {
    // a first word without a space is four tokens, and one more begins the prompt
    const opening = question(56, 1);
    await ask(opening);
    return (await ask({ ...opening, prompt: `${opening.prompt.split(' ').slice(0, 46).join(' ')}${words(10, ++seed)}` })).firstMs;
  },
  'four streams, tokens/s together': async ({ ask }) => {
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: SLOTS }, () => ask(question(100, 128))));
    return (answers.reduce((sum, { tokens }) => sum + tokens, 0) * 1000) / (performance.now() - start);
  },
  'second turn on 1,500 tokens, ms to the first token (less is better)': async ({ name, ask }) => {
    const opening = question(1_436, 64);
    const answer = await ask(opening);
    const next = words(20, ++seed).trim();
    const asked =
      name === 'Tandem'
        ? {
            ...opening,
            history: [
              { role: 'user', content: opening.prompt },
              { role: 'assistant', content: answer.text },
            ],
            prompt: next,
          }
        : { ...opening, prompt: `${opening.prompt}${answer.text}\n\n${next}` };
    return (await ask({ ...asked, maxTokens: 8 })).firstMs;
  },
};

await withTandem({ checkpointsDir: folder, threads }, async (tandem) => {
  const llamaServer = { command: process.env.LLAMA_SERVER ?? 'llama-server', modelPath: join(inside, first), threads, slots: SLOTS, context: CONTEXT };
  await withLlamaServer(llamaServer, async (peer) => {
    for (const server of [tandem, peer]) await server.ask(question(32, 32));
    const rows = [];
    for (const [what, task] of Object.entries(tasks)) {
      if (values.only && !what.includes(values.only)) continue;
      const figures = { ours: [], theirs: [] };
      for (let round = 0; round < rounds; round += 1) {
        figures.ours.push(await task(tandem));
        await delay(200);
        figures.theirs.push(await task(peer));
        await delay(200);
      }
      const ratios = figures.ours.map((value, round) => value / figures.theirs[round]);
      rows.push({
        what,
        Tandem: rounded(median(figures.ours)),
        'llama-server': rounded(median(figures.theirs)),
        'ratio of medians': rounded(median(figures.ours) / median(figures.theirs)),
        'ratios, lowest to highest': `${rounded(Math.min(...ratios))}–${rounded(Math.max(...ratios))}`,
      });
    }
    console.log(`Beside llama-server, ${threads} threads each, ${rounds} rounds taken in turns:`);
    console.table(rows);
  });

  if (!values.only || values.only === 'two') {
    const alone = [];
    const together = [];
    await tandem.ask({ ...question(32, 8), model: second });
    for (let round = 0; round < rounds; round += 1) {
      alone.push(speed(await tandem.ask(question(100, 256))));
      const pair = [question(100, 256), { ...question(100, 256), model: second }];
      together.push((await Promise.all(pair.map(tandem.ask))).map(speed));
    }
    const one = median(alone);
    const both = together.map(([a, b]) => a + b);
    console.log('Two models at once, as parts of what one alone reaches:');
    console.table([
      {
        'one alone, tokens/s': rounded(one),
        together: rounded(median(both) / one),
        'the slower of both': rounded(median(together.map((pair) => Math.min(...pair))) / one),
      },
    ]);
  }

  if (!values.only || values.only === 'cost') {
    const answersOf = (streams) => Promise.all(Array.from({ length: streams }, () => tandem.ask(question(100, 512))));
    // the heap is made smaller some seconds after a lot was done
    await answersOf(1);
    await delay(10_000);
    const restedAt = tandem.cpuMs();
    await delay(IDLE_SECONDS * 1_000);
    const idleMs = (tandem.cpuMs() - restedAt) / IDLE_SECONDS;
    const costs = async (streams) => {
      const [before, start] = [tandem.cpuMs(), performance.now()];
      const answers = await answersOf(streams);
      const spent = tandem.cpuMs() - before;
      const seconds = (performance.now() - start) / 1_000;
      const tokens = answers.reduce((sum, { tokens: count }) => sum + count, 0);
      return {
        streams,
        tokens,
        'tokens/s': rounded(tokens / seconds),
        'CPU per token, ms': thousandths((spent - idleMs * seconds) / tokens),
        'idle CPU included, ms': thousandths(spent / tokens),
      };
    };
    const rows = [];
    for (const streams of [1, SLOTS, 1, SLOTS, 1, SLOTS]) rows.push(await costs(streams));
    console.log(`The API process while streams run; idle it takes ${rounded(idleMs)} ms of CPU a second:`);
    console.table(rows);

    const delays = [];
    for (const streams of [1, SLOTS]) {
      await tandem.eventLoopDelay();
      await answersOf(streams);
      const { p99Ms, maxMs } = await tandem.eventLoopDelay();
      delays.push({ streams, 'event loop delay, 99th percentile, ms': rounded(p99Ms), 'longest, ms': rounded(maxMs) });
    }
    console.table(delays);
  }
});
