import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from './testing/start-server';

const ROOT = join(import.meta.dirname, '../../..');
const COMMAND = join(ROOT, 'tools/tandem.mjs');
const CHECKPOINTS = join(ROOT, 'checkpoints');
const PAIR = ['--baseline', 'tandem-tiny-base', '--derivative', 'tandem-tiny-chat'];

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function tandem(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = { PATH: process.env['PATH'], CHECKPOINTS_DIR: CHECKPOINTS, ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], { cwd: tmpdir(), env }, (error, out, err) =>
      resolve({ status: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe('npx tandem run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-command-'));
  const set = join(folder, 'mine.csv');
  let server: RunningServer;

  beforeAll(async () => {
    writeFileSync(
      set,
      'id,prompt,check\nany,Hello!,"{""type"":""regex"",""value"":"".""}"\nnone,Hello!,"{""type"":""exact"",""value"":""no model says this 4711""}"\n',
    );
    server = await startServer(folder, { CHECKPOINTS_DIR: CHECKPOINTS, ACCESS_TOKENS: 'a-right-token' });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const run = (...rest: string[]) =>
    tandem(['run', '--set', set, ...PAIR, '--server', server.origin, '--max-tokens', '4', ...rest], { TANDEM_TOKEN: 'a-right-token' });

  it('ends with 0 where all conditions hold, and writes both reports', async () => {
    const [junit, json] = [join(folder, 'junit.xml'), join(folder, 'report.json')];
    const { status, out } = await run('--repeats', '2', '--junit', junit, '--json', json, '--fail-if', 'failed>0', '--fail-if', 'flips > 100%');
    expect([status, out]).toEqual([0, expect.stringContaining('✓ failed>0: 0')]);
    const report = JSON.parse(readFileSync(json, 'utf8')) as { run: { counts: object; summary: object }; failed: boolean; conditions: object[] };
    expect([report.failed, report.run.counts]).toEqual([false, { total: 4, queued: 0, done: 4, failed: 0 }]);
    expect(report.conditions).toMatchObject([
      { condition: 'failed>0', value: 0, met: false },
      { condition: 'flips > 100%', met: false },
    ]);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain('<testsuite name="conditions" tests="2" failures="0" errors="0">');
    expect(xml).toContain('<testsuite name="items" tests="4" ');
    expect(xml).toContain('name="none:2"');
  });

  it('ends with 1 where one condition is met', async () => {
    const { status, out } = await run('--fail-if', 'failed>0', '--fail-if', 'pass_rate<=50%');
    expect([status, out]).toEqual([1, expect.stringContaining('✗ pass_rate<=50%: ')]);
  });

  it.each<[string, string[], RegExp]>([
    ['no measure', ['--fail-if', 'beauty>1'], /Measures: flips, /],
    ['a measure that the run does not tell', ['--fail-if', 'win_rate<0.5'], /does not tell win_rate/],
    ['a set that is not there', ['--set', 'nowhere'], /No prompt set has the id "nowhere"/],
    ['a model that is not there', ['--derivative', 'nobody'], /No model has the id/],
    ['an option that is not known', ['--nonsense'], /Usage: npx tandem run/],
    ['repeats that are none', ['--repeats', 'x'], /--repeats: must be a number/],
    ['a server that is not there', ['--server', 'http://127.0.0.1:9'], /cannot be reached/],
    ['a file that cannot be written', ['--json', join(tmpdir(), 'no-such-folder', 'x.json')], /cannot be written \(ENOENT\)/],
  ])('ends with 2 for %s, and says so', async (_, args, sentence) => {
    const { status, err } = await run(...args);
    expect([status, err]).toEqual([2, expect.stringMatching(sentence)]);
  });

  it('ends with 2 without the token that the server wants', async () => {
    const { status, err } = await tandem(['run', '--set', 'general', ...PAIR, '--server', server.origin]);
    expect([status, err]).toEqual([2, expect.stringContaining('access token')]);
  });

  it('starts a server of its own where none is named, and leaves nothing behind', async () => {
    const own = mkdtempSync(join(tmpdir(), 'tandem-own-'));
    const { status, out, err } = await tandem(['run', '--set', set, ...PAIR, '--max-tokens', '2', '--fail-if', 'failed>0'], { TMPDIR: own });
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('2 of 2 items answered');
    rmSync(own, { recursive: true });
  });
});
