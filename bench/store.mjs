// `npm run bench:store`: what it costs to keep things, and what a killed server loses. On and off in turns in one run, as ratios.
// Needs a build; docs/performance.md has the figures.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureDelay } from './store/delay.mjs';
import { IN_FLIGHT, measureKills } from './store/kills.mjs';
import { measureList } from './store/list.mjs';
import { measureRuns } from './store/runs.mjs';
import { OFF, startServer, untilKept } from './store/server.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    rows: { type: 'string', default: '100000' },
    items: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '50' },
    only: { type: 'string' },
  },
});
const [rounds, seconds, rows, items, kills] = [values.rounds, values.seconds, values.rows, values.items, values.kills].map(Number);
const isWanted = (what) => values.only === undefined || values.only === what;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const rounded = (value) => Math.round(value * 100) / 100;
const span = (numbers) => `${rounded(Math.min(...numbers))}–${rounded(Math.max(...numbers))}`;
const load = () => `(load ${loadavg().map(rounded).join(', ')})`;

const root = mkdtempSync(join(tmpdir(), 'tandem-bench-store-'));
const newFolder = () => mkdtempSync(join(root, 'data-'));

/** Medians of both, and the ratio of each round: what else the machine does weighs on both sides of it. */
function compared(one, other, [nameOne, nameOther]) {
  const ratios = one.map((value, round) => value / other[round]);
  return {
    [nameOne]: rounded(median(one)),
    [nameOther]: rounded(median(other)),
    ratio: rounded(median(one) / median(other)),
    'of single rounds': span(ratios),
  };
}

try {
  if (isWanted('delay')) {
    const { on, off } = await measureDelay(rounds, seconds, newFolder);
    console.log(`Event loop delay at the 99th percentile, 100 streams and 20 comparisons sent a second, median of ${rounds} rounds ${load()}:`);
    console.table([compared(on, off, ['store on, ms', 'store off, ms'])]);
  }
  if (isWanted('start')) {
    const folder = newFolder();
    const first = await startServer(folder);
    await untilKept(first.origin);
    await first.stop();
    const seen = { on: [], off: [] };
    for (let round = 0; round < 3 * rounds; round += 1) {
      for (const which of round % 2 === 0 ? ['on', 'off'] : ['off', 'on']) {
        const server = await startServer(which === 'on' ? folder : OFF);
        seen[which].push(server.readyMs);
        await server.stop();
      }
    }
    console.log(`From the start of the process to a 200 of /readyz, median of ${3 * rounds} ${load()}:`);
    console.table([compared(seen.on, seen.off, ['store on, ms', 'store off, ms'])]);
  }
  if (isWanted('list')) {
    const seen = await measureList(rows, 50, newFolder());
    console.log(`A list of ${rows.toLocaleString('en')} comparisons, 50 times each ${load()}:`);
    console.table(Object.entries(seen).map(([what, took]) => ({ what, 'median, ms': rounded(median(took)), 'slowest, ms': rounded(Math.max(...took)) })));
  }
  if (isWanted('runs')) {
    const { run, direct } = await measureRuns(rounds, items, newFolder());
    console.log(`${items.toLocaleString('en')} items over both demo checkpoints, four answers of each at once, median of ${rounds} rounds ${load()}:`);
    console.table([compared(run, direct, ['a run, items/s', 'asked directly, items/s'])]);
  }
  if (isWanted('kills')) {
    const { lost, ...found } = await measureKills(kills, newFolder());
    console.log(`A server killed ${kills} times at random moments of a run ${load()}:`);
    console.table([
      {
        ...found,
        counts: JSON.stringify(found.counts),
        'lost at most': Math.max(...lost),
        'in flight': IN_FLIGHT,
        'lost, mean': rounded(lost.reduce((sum, n) => sum + n, 0) / kills),
      },
    ]);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
