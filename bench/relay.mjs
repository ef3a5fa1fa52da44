// `npm run bench:relay`: what it costs to relay streams, beside nginx passing the bytes through and a small Flask + gevent
// relay of the same job, in one run, as ratios. Needs a build, nginx and Flask; docs/performance.md has the figures.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cpuUs, residentMb, withRelays } from './relay/relays.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    streams: { type: 'string', default: '500' },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const streams = Number(values.streams);
const isWanted = (what) => values.only === undefined || values.only === what;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const rounded = (value) => Math.round(value * 100) / 100;
/** Streams of one token that are opened to see what that costs. */
const OPENED = 1_000;

const standIn = spawn(process.execPath, ['bench/relay/stand-in.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
const upstream = Number(String((await once(standIn.stdout, 'data'))[0]));

/** Has a process of its own read `job`, and gives what it saw; `onMark` hears of the tokens so far. */
async function readAll(job, onMark) {
  const clients = spawn(process.execPath, ['bench/relay/clients.mjs', JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: clients.stdout });
  let last;
  lines.on('line', (line) => {
    last = JSON.parse(line);
    if (last.streams === undefined) onMark?.(last.tokens);
  });
  await once(lines, 'close');
  return last;
}

function load(relay, options, onMark) {
  const { perSecond, tokens, ...rest } = options;
  return readAll({ port: relay.port, path: relay.path, body: relay.body({ max_tokens: tokens, top_k: perSecond }), ...rest }, onMark);
}

/** CPU per token over all, and between two moments at which all streams are open and none is over. */
async function costOf(relay, options) {
  const before = cpuUs(relay.pid);
  const marks = [];
  const seen = await load(relay, options, (tokens) => marks.push({ tokens, us: cpuUs(relay.pid) }));
  const after = cpuUs(relay.pid);
  const [from, to] = marks;
  return { ...seen, usPerToken: (after - before) / seen.tokens, usSteady: to ? (to.us - from.us) / (to.tokens - from.tokens) : NaN };
}

/** CPU per stream of one token, from the request to its end. */
async function openingOf(relay) {
  const before = cpuUs(relay.pid);
  const seen = await load(relay, { streams: OPENED, perSecond: 0, tokens: 1, rampMs: OPENED * 3 });
  return (cpuUs(relay.pid) - before) / seen.complete;
}

try {
  await withRelays(upstream, async ({ direct, tandem, nginx, flask }) => {
    const load500 = { streams, perSecond: 50, tokens: 50 * seconds, steadyMs: (seconds * 1_000) / 3 };
    for (const relay of [tandem, nginx, flask]) await load(relay, { streams: 50, perSecond: 50, tokens: 100 });

    if (isWanted('cost')) {
      const seen = { [direct.name]: [], [tandem.name]: [], [nginx.name]: [], [flask.name]: [] };
      for (let round = 0; round < rounds; round += 1) {
        seen[direct.name].push(await load(direct, load500));
        for (const relay of [tandem, nginx]) seen[relay.name].push(await costOf(relay, load500));
        // it cannot keep up with so many: what it needs for each token is measured with what it can
        seen[flask.name].push(await costOf(flask, { ...load500, tokens: load500.tokens / 5, steadyMs: load500.steadyMs / 5 }));
      }
      const of = (name, what) => median(seen[name].map((each) => each[what]));
      const directP99 = of(direct.name, 'p99Us');
      console.log(`${streams} streams of 50 tokens/s, median of ${rounds} rounds in turns:`);
      console.table(
        [direct, tandem, nginx, flask].map(({ name }) => ({
          relay: name,
          'CPU per token, µs': rounded(of(name, 'usPerToken') ?? NaN),
          'against nginx': rounded(of(name, 'usPerToken') / of(nginx.name, 'usPerToken')),
          'steady, µs': rounded(of(name, 'usSteady') ?? NaN),
          'steady, against nginx': rounded(of(name, 'usSteady') / of(nginx.name, 'usSteady')),
          'against Flask': rounded(of(name, 'usPerToken') / of(flask.name, 'usPerToken')),
          'lag p50, ms': rounded(of(name, 'p50Us') / 1000),
          'lag p99, ms': rounded(of(name, 'p99Us') / 1000),
          'added at p99, ms': rounded((of(name, 'p99Us') - directP99) / 1000),
          complete: `${of(name, 'complete')}/${streams}`,
          'fewest tokens': of(name, 'fewest'),
        })),
      );
    }

    if (isWanted('opening')) {
      const seen = { [tandem.name]: [], [nginx.name]: [] };
      for (let round = 0; round <= rounds; round += 1) for (const relay of [tandem, nginx]) seen[relay.name].push(await openingOf(relay));
      // the first round warms up
      const of = (name) => median(seen[name].slice(1)) / 1000;
      console.log(`${OPENED} streams of one token, a few at a time, median of ${rounds} rounds in turns:`);
      console.table([
        { 'CPU per stream, ms': rounded(of(tandem.name)), 'nginx, ms': rounded(of(nginx.name)), 'against nginx': rounded(of(tandem.name) / of(nginx.name)) },
      ]);
    }

    if (isWanted('first')) {
      const times = { direct: [], tandem: [], nginx: [] };
      for (let n = 0; n < 300; n += 1) for (const [name, relay] of Object.entries({ direct, tandem, nginx })) times[name].push(await firstToken(relay));
      const at = (name) => median(times[name].slice(20));
      console.log('Time to the first token, one stream at a time, median of 280:');
      console.table([
        { 'direct, ms': rounded(at('direct')), 'nginx adds': rounded(at('nginx') - at('direct')), 'Tandem adds': rounded(at('tandem') - at('direct')) },
      ]);
    }

    if (isWanted('many')) {
      let most = 0;
      const watch = setInterval(() => (most = Math.max(most, residentMb(tandem.pid))), 100);
      const seen = await load(tandem, { streams: 2_000, perSecond: 10, tokens: 200, rampMs: 4_000 });
      clearInterval(watch);
      console.log('2,000 streams of 10 tokens/s in one process:');
      if (seen.complete < 2_000) console.log('Not complete:', seen.failures);
      console.table([
        {
          complete: `${seen.complete}/2000`,
          'fewest tokens': seen.fewest,
          'most tokens': seen.most,
          'lag p99, ms': rounded(seen.p99Us / 1000),
          'resident at most, MB': Math.round(most),
        },
      ]);
    }

    if (isWanted('slow')) {
      const good = { streams: 200, perSecond: 50, tokens: 50 * seconds * 2 };
      const quiet = await load(tandem, good);
      const before = residentMb(tandem.pid);
      const flood = { perSecond: 50, tokens: 50 * seconds * 4, seconds: seconds * 2 + 5, rampMs: 500 };
      let most = before;
      const watch = setInterval(() => (most = Math.max(most, residentMb(tandem.pid))), 100);
      const others = [load(tandem, { ...flood, streams: 100, pace: 'slow' }), load(tandem, { ...flood, streams: 100, pace: 'stopped' })];
      await delay(2_000);
      const beside = await load(tandem, good);
      await Promise.all(others);
      clearInterval(watch);
      console.log('200 good readers, quiet and beside 100 readers at 1 KB/s and 100 that read nothing:');
      console.table([
        {
          'quiet p99, ms': rounded(quiet.p99Us / 1000),
          'beside them': rounded(beside.p99Us / 1000),
          ratio: rounded(beside.p99Us / quiet.p99Us),
          complete: `${beside.complete}/200`,
          'memory grew by, MB': Math.round(most - before),
        },
      ]);
    }
  });
} finally {
  standIn.kill();
}

/** Milliseconds from sending a request to its first token. */
async function firstToken(relay) {
  const start = performance.now();
  const response = await fetch(`http://127.0.0.1:${relay.port}${relay.path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(relay.body({ max_tokens: 3, top_k: 0 })),
  });
  let took;
  let text = '';
  for await (const bytes of response.body) {
    text += Buffer.from(bytes).toString('latin1');
    if (text.includes('t=')) took ??= performance.now() - start;
  }
  return took;
}
