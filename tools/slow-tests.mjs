// Which tests are slow by what they try, and what they depend on. `npm test` runs one where its room changed, `npm run test:slow` all.
import { spawnSync } from 'node:child_process';

/** Folders and files whose change means that nearly everything may have: all slow tests are due. */
const EVERYWHERE = ['package.json', 'package-lock.json', 'jest.config.mjs', 'tools/slow-tests.mjs'];

/** Each spec, why it cannot be quick, and the folders and files that it is about. */
export const SLOW_TESTS = [
  {
    spec: 'tools/image.spec.ts',
    because: 'installs, builds and starts the whole image',
    rooms: ['Dockerfile', '.dockerignore', 'tools/image', 'tools/image-smoke.mjs', 'tools/bundle.mjs', 'tools/keep-own-binary.mjs'],
  },
  {
    spec: 'apps/api/src/rolling-restart.spec.ts',
    because: 'restarts two replicas behind nginx, under load',
    rooms: ['apps/api/src/main.ts', 'apps/api/src/server.ts', 'deploy', 'libs/api/health', 'libs/api/streaming', 'libs/shared/sse'],
  },
  {
    spec: 'apps/api/src/engine-turmoil.spec.ts',
    because: 'kills and loads an engine in twenty rounds',
    rooms: ['apps/engine/src', 'libs/api/inference', 'libs/shared/engine-protocol'],
  },
  {
    spec: 'apps/api/src/hostile-loads.spec.ts',
    because: 'loads each hostile file beside answers, and lets some end their engine',
    rooms: ['apps/engine/src', 'libs/api/inference', 'libs/testing/src/malformed-checkpoints.ts'],
  },
  {
    spec: 'libs/api/inference/src/load-cycles.spec.ts',
    because: 'loads and unloads a model a hundred times',
    rooms: ['apps/engine/src', 'libs/api/inference', 'libs/shared/engine-protocol'],
  },
  {
    spec: 'libs/api/inference/src/hostile-loads.spec.ts',
    because: 'loads what ends its engine, in one engine after the other',
    rooms: ['apps/engine/src', 'libs/api/inference', 'libs/shared/engine-protocol', 'libs/testing/src/malformed-checkpoints.ts'],
  },
  {
    spec: 'apps/api/src/hostile-bodies.spec.ts',
    because: 'sends two hundred bodies of eight megabytes',
    rooms: ['libs/api/http', 'libs/api/access', 'libs/api/openai', 'libs/api/streaming', 'libs/shared/contracts'],
  },
  {
    spec: 'apps/api/src/slow-clients.spec.ts',
    because: 'reads slowly, and waits until deadlines are over',
    rooms: ['libs/api/http', 'apps/api/src/testing/bounded-server.ts'],
  },
  {
    spec: 'libs/web/design/src/markdown/hostile-markdown.spec.ts',
    because: 'renders nearly seventy hostile patterns in four lengths, and each while it grows',
    rooms: ['libs/web/design/src/markdown'],
  },
  {
    spec: 'apps/web-e2e/src/hostile-answers.spec.ts',
    because: 'has answers that would hold a page up come in, and opens them again',
    rooms: ['libs/web/chat', 'libs/web/design/src/markdown', 'libs/web/run', 'libs/shared/sse'],
  },
  {
    spec: 'apps/api/src/promptfoo.spec.ts',
    because: 'installs promptfoo with hundreds of packages that it needs',
    rooms: ['libs/api/openai', 'tools/promptfoo', 'apps/api/src/testing/promptfoo.ts'],
  },
];

/** The slow tests, each with why it is due, if it is: it changed itself, a room of its did, or none of this can be told. */
export function judgeSlowTests(changed = changedFiles()) {
  return SLOW_TESTS.map((test) => ({ ...test, why: changed ? roomOf([test.spec, ...test.rooms, ...EVERYWHERE], changed) : 'what changed cannot be told' }));
}

function roomOf(rooms, changed) {
  return rooms.find((room) => changed.some((file) => file === room || file.startsWith(`${room}/`)));
}

/**
 * What differs from where this line of work began, in commits or not: `TEST_BASE` where it is set (a commit), else where it left
 * `main`, or what the merge at its end brought. `undefined` where none of them can be told, as in a shallow clone.
 */
function changedFiles() {
  const base = process.env.TEST_BASE ?? baseOf('origin/main') ?? baseOf('main') ?? mergedInto();
  const committed = base && git('diff', '--name-only', '--no-renames', base);
  const untracked = git('ls-files', '--others', '--exclude-standard');
  return committed === undefined || untracked === undefined ? undefined : [...lines(committed), ...lines(untracked)];
}

/** Where this left a branch, unless it is that branch. */
function baseOf(branch) {
  const base = git('merge-base', 'HEAD', branch)?.trim();
  return base === undefined || base === git('rev-parse', 'HEAD')?.trim() ? undefined : base;
}

function mergedInto() {
  return git('rev-parse', '--verify', '--quiet', 'HEAD^2') === undefined ? undefined : git('rev-parse', 'HEAD^1')?.trim();
}

function git(...args) {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

function lines(text) {
  return text.split('\n').filter((line) => line !== '');
}
