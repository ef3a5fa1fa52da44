// `npm test`: sets up what the tests need, runs lint, types, unit, integration and browser tests, and counts.
// Arguments go to jest: `npm test -- libs/api/config` runs those specs alone. `--slow` runs the slow tests, and them alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forgetResults, keptResults } from './keep-results.mjs';
import { judgeSlowTests, SLOW_TESTS } from './slow-tests.mjs';
import { installSystemPackages } from './system-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const isSlow = process.argv.includes('--slow');
const given = process.argv.slice(2).filter((argument) => argument !== '--slow');
const selection = isSlow ? SLOW_TESTS.map(({ spec }) => spec) : given;
const environment = {
  ...process.env,
  KEEP_RESULTS: 'true',
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  FORCE_COLOR: '0',
  NODE_COMPILE_CACHE: join(root, 'tmp', 'compile-cache'),
};
const nx = (target) => ['node_modules/nx/dist/bin/nx.js', 'run-many', '-t', target, '--outputStyle=static'];

/** What the tests run against. */
const build = { name: 'build', command: nx('build') };

/** Steps that are not tests but must hold; each counts as one. None runs beside the tests: those have deadlines. */
const format = { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] };
const lint = { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0', '--cache', '--cache-location', 'tmp/eslint-cache'] };
const types = { name: 'types', command: nx('typecheck') };

/** What hangs is a failure, and not a wait without end; whoever has it run may wait for 90 minutes, installing included. In ms of this process. */
const LAST_END_MS = 83 * 60_000;

installSystemPackages();

let passed = 0;
const failed = [];

const isWhole = selection.length === 0;
const besides = isWhole ? [format, lint].map(hold) : [];
const isBuilt = await hold(build);
if (isBuilt && isWhole) await hold(types);
await Promise.all(besides);
if (!isBuilt) finish();
const left = isWhole ? leaveOut() : [];
const skipped = await test(left);
for (const { spec, because, rooms } of left) console.log(`not run: ${spec} ${because}; nothing changed in ${rooms.join(', ')}. It runs by: npm run test:slow`);
finish(skipped);

/** The slow tests whose rooms did not change. Says of the others why they run. */
function leaveOut() {
  const judged = judgeSlowTests();
  for (const { spec, why } of judged) if (why !== undefined) console.log(`slow, but due: ${spec} (${why})`);
  return judged.filter(({ why }) => why === undefined);
}

/** Runs a step, and shows what it printed once it is over: others print meanwhile. */
async function hold({ name, command }) {
  const { status, printed } = await run(command, 'pipe');
  if (status === 0) passed += 1;
  else failed.push(name);
  console.log(`${printed}${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  return status === 0;
}

/** Runs the tests but those left out, and tells how many were skipped. */
async function test(left) {
  forgetResults();
  const ignored = left.flatMap(({ spec }) => ['--testPathIgnorePatterns', spec.replaceAll('.', String.raw`\.`)]);
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { status } = await run([...flags, 'node_modules/jest/bin/jest.js', ...ignored, ...selection], 'inherit');
  const { over, unfinished } = keptResults();
  const before = failed.length;
  for (const file of over) {
    passed += file.passed;
    failed.push(...file.failed);
  }
  failed.push(...unfinished.map((file) => `${file} did not end`));
  if (status !== 0 && failed.length === before) failed.push('jest');
  if (isWhole) showSlowest(over);
  return over.reduce((sum, { skipped }) => sum + skipped, 0);
}

/** What to look at first when the tests take too long. */
function showSlowest(files) {
  console.log('slowest files:');
  for (const { file, seconds } of files.sort((one, other) => other.seconds - one.seconds).slice(0, 20))
    console.log(`${seconds.toFixed(1).padStart(6)} s ${file}`);
}

async function run(command, output) {
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', output, output],
    env: environment,
    timeout: Math.max(1, Math.floor(LAST_END_MS - performance.now())),
    killSignal: 'SIGKILL',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (printed += text));
  const [status] = await once(child, 'close');
  return { status, printed };
}

function finish(skipped = 0) {
  for (const name of failed) console.log(`FAILED ${name}`);
  console.log(`${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(failed.length > 0 ? 1 : 0);
}
