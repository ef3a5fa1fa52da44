import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { activityOf } from '@tandem/api/processes';
import { guardLeaks, until } from '@tandem/testing';
import { EngineProcess } from './engine-process';
import { temporaryFolder } from './testing/open-inference';

const READY = "process.send([{ type: 'ready', threads: 1, backend: 'cpu' }]);";
const REST = 'const rest = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);';
const WORK = 'const work = (ms) => { for (const begun = process.cpuUsage(); process.cpuUsage(begun).user < ms * 1e3; ); };';
/** Is given a tenth of a processor, and so says nothing for four and a half seconds. */
const STARVED = `${REST}${WORK}${READY}
  setTimeout(() => { for (const begun = performance.now(); performance.now() - begun < 4_500; rest(162)) work(18); process.exit(7); }, 50);`;
const SPINNING = `${READY} setTimeout(() => { for (;;); }, 50);`;
const WAITING = `${REST}${READY} setTimeout(() => rest(1e9), 50);`;
const MUTE = 'setInterval(() => undefined, 1e6);';

describe('an engine process', () => {
  const { path, remove } = temporaryFolder();

  afterAll(remove);

  /** How it ended. */
  function ended(script: string, hungAfterTicks = 2): Promise<string> {
    const entry = join(path, 'entry.cjs');
    writeFileSync(entry, script);
    return new Promise((onExit) => new EngineProcess({ entry, threads: 1, usesGpu: false, hungAfterTicks, onMessage: () => undefined, onExit }));
  }

  it('that says nothing because it is hardly given a processor is left alone', async () => {
    expect(await ended(STARVED, 3)).toBe('it ended with code 7');
  });

  it.each([
    ['computes without end', SPINNING],
    ['waits without end', WAITING],
  ])('that %s is ended', async (_, script) => {
    expect(await ended(script)).toMatch(/^it did not respond for \d+ s and was ended$/);
  });

  it('that has said nothing yet is given longer', async () => {
    const entry = join(path, 'mute.cjs');
    writeFileSync(entry, MUTE);
    let reason = '';
    const engine = new EngineProcess({ entry, threads: 1, usesGpu: false, hungAfterTicks: 1, onMessage: () => undefined, onExit: (why) => (reason = why) });
    await until(() => activityOf(engine.pid)?.pastime === 'resting');
    // one that began later and has spoken is ended after as many ticks
    await ended(WAITING, 1);
    expect(reason).toBe('');
    await engine.destroy();
    expect(reason).toBe('it was ended by SIGKILL');
  });
});

describe('the activity of a process', () => {
  it('is known for this one, and for none that is not there', () => {
    const before = activityOf(process.pid);
    const begun = process.cpuUsage();
    while (process.cpuUsage(begun).user < 200_000);
    const after = activityOf(process.pid);
    expect(after?.pastime).toBe('waiting');
    expect((after?.cpuMs ?? 0) - (before?.cpuMs ?? 0)).toBeGreaterThan(0);
    expect([activityOf(undefined), activityOf(2 ** 30)]).toEqual([null, null]);
  });
});

guardLeaks();
