import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHeldModel } from './testing/held-model';
import { RunsOf } from './testing/runs';
import { type RunningServer, startServer } from './testing/start-server';
import { until } from './testing/until';

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

  it('says what the run found as the HTML of the run does', async () => {
    const { status, out } = await run();
    const [id = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(out) ?? [];
    const html = await (await fetch(`${server.origin}/api/runs/${id}/export?format=html`, { headers: { Authorization: 'Bearer a-right-token' } })).text();
    const cells = [...html.matchAll(/<td>([^<]*)<\/td>/g)].map(([, cell = '']) => cell);
    const [, passed = ''] = /tandem-tiny-base: passed (\S+ \[[^\]]+\])/.exec(out) ?? [];
    const [, flips = '', pairs = '', p = ''] = /flips (\d of 2 \(\d+ %\)), (\d : \d), McNemar p (\S+), /.exec(out) ?? [];
    expect([status, cells]).toEqual([0, expect.arrayContaining([passed, flips, pairs, p])]);
    expect([passed, flips].includes('')).toBe(false);
  });

  it('knows every measure that the documentation names, and no other', async () => {
    const docs = readFileSync(join(ROOT, 'docs/runs.md'), 'utf8').split('| Measure | What it is |')[1]?.split('\n\n')[0] ?? '';
    const names = [...docs.matchAll(/`(\w+)`(?=[^|]*\|[^|]*\|$)/gm)].map(([, name = '']) => name);
    const { err } = await run('--fail-if', 'beauty>1');
    expect(/Measures: (.*)\./.exec(err)?.[1]?.split(', ').toSorted()).toEqual(names.toSorted());
    expect(names).toHaveLength(10);
    const told = names.filter((name) => !['win_rate', 'people_win_rate'].includes(name));
    const { status, out } = await run(...told.flatMap((name) => ['--fail-if', `${name}<-1000`]));
    expect([status, told.filter((name) => !out.includes(`✓ ${name}<-1000: `))]).toEqual([0, []]);
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

  it.each(['SIGINT', 'SIGTERM'] as const)('cancels its run when it is interrupted by %s', async (signal) => {
    const model = await startHeldModel();
    const own = mkdtempSync(join(tmpdir(), 'tandem-held-'));
    const models = (id: string) => JSON.stringify([{ id, name: id, endpoint: model.endpoint, protocol: 'openai-chat', model: 'held' }]);
    const held = await startServer(own, { BASELINE_MODELS: models('one'), TWODELTA_MODELS: models('other') });
    try {
      const args = ['run', '--set', 'general', '--baseline', 'one', '--derivative', 'other', '--server', held.origin];
      const child = spawn(process.execPath, [COMMAND, ...args], { stdio: 'ignore' });
      const exit = once(child, 'exit');
      await until(() => model.asked() > 0);
      child.kill(signal);
      expect((await exit)[0]).toBe(2);
      const { runs: all } = (await (await fetch(`${held.origin}/api/runs`)).json()) as { runs: { id: string }[] };
      expect((await new RunsOf(() => held.origin).get(all[0]?.id ?? '')).state).toBe('cancelled');
    } finally {
      await held.stop();
      await model.close();
      rmSync(own, { recursive: true });
    }
  });

  it('is what npx runs in the project', async () => {
    const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bin: { tandem: string } };
    const { out } = await new Promise<{ out: string }>((resolve) => execFile('npx', ['tandem', '--help'], { cwd: ROOT }, (_, text) => resolve({ out: text })));
    expect([join(ROOT, bin.tandem), out]).toEqual([COMMAND, expect.stringContaining('Usage: npx tandem run')]);
  });

  it('starts a server of its own where none is named, and leaves nothing behind', async () => {
    const own = mkdtempSync(join(tmpdir(), 'tandem-own-'));
    const { status, out, err } = await tandem(['run', '--set', set, ...PAIR, '--max-tokens', '2', '--fail-if', 'failed>0'], { TMPDIR: own });
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('2 of 2 items answered');
    rmSync(own, { recursive: true });
  });
});
