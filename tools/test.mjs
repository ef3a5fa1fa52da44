// `npm test`: sets up what the tests need, runs lint, types, unit, integration and browser tests, and counts.
// Arguments go to jest: `npm test -- libs/api/config` runs those specs alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installSystemPackages } from './system-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const selection = process.argv.slice(2);
const environment = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' };

/** Steps that are not tests but must hold; each counts as one. */
const steps = [
  { name: 'build', command: ['node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'build', '--outputStyle=static'], isNeeded: true },
  { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'] },
  { name: 'types', command: ['node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'typecheck', '--outputStyle=static'] },
];

/** A step that hangs is a failure, not a wait without end. */
const STEP_MS = 60 * 60_000;

installSystemPackages();

let passed = 0;
const failed = [];

for (const { name, command, isNeeded } of steps) {
  if (selection.length > 0 && !isNeeded) continue;
  const { status } = run(command);
  if (status === 0) passed += 1;
  else failed.push(name);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (status !== 0 && isNeeded) finish();
}

const report = join(root, 'tmp', 'jest-report.json');
mkdirSync(dirname(report), { recursive: true });
const { status } = run([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${report}`,
  ...selection,
]);
const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
passed += result?.numPassedTests ?? 0;
for (const suite of result?.testResults ?? []) {
  const broken = suite.assertionResults.filter((test) => test.status === 'failed');
  for (const test of broken) failed.push(test.fullName);
  if (suite.status === 'failed' && broken.length === 0) failed.push(suite.name);
}
if (status !== 0 && failed.length === 0) failed.push('jest');
finish(result?.numPendingTests ?? 0);

function run(command) {
  return spawnSync(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'], env: environment, timeout: STEP_MS, killSignal: 'SIGKILL' });
}

function finish(skipped = 0) {
  for (const name of failed) console.log(`FAILED ${name}`);
  console.log(`${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(failed.length > 0 ? 1 : 0);
}
