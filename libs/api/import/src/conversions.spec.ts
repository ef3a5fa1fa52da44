import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { guardLeaks } from '@tandem/testing';
import { Conversions } from './conversions';
import type { Convertible } from './convertible';
import type { ImportOptions } from './import-options';
import type { ConversionWatcher } from './conversion-watcher';

Logger.overrideLogger(false);

const say = (message: object): string => `fs.writeSync(1, ${JSON.stringify(`${JSON.stringify(message)}\n`)});`;
const HALF = say({ type: 'progress', writtenBytes: 1, totalBytes: 2 });
const DONE = `fs.writeFileSync(job.target, 'GGUF'); ${say({ type: 'converted', bytes: 4 })}`;
const HEAD = "const fs = require('node:fs'); const job = JSON.parse(fs.readFileSync(0, 'utf8'));";
const AT_ONCE = `${HEAD} ${HALF} ${DONE}`;
const NEVER = `${HEAD} ${HALF} fs.writeFileSync(job.target, 'GG'); setInterval(() => undefined, 1e6);`;

describe('conversions', () => {
  guardLeaks();
  let root: string;
  let conversions: Conversions;
  const checkpoints = (): string => join(root, 'checkpoints');
  const kept = (): string[] => readdirSync(join(checkpoints(), '.converted'));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tandem-conversions-'));
    mkdirSync(checkpoints());
    mkdirSync(join(root, 'converter'));
    for (const name of ['a.pt', 'b.pt']) writeFileSync(join(checkpoints(), name), name);
  });
  afterEach(async () => {
    await conversions.onModuleDestroy();
    rmSync(root, { recursive: true });
  });

  async function open(script: string, changes: Partial<ImportOptions> = {}): Promise<Conversions> {
    const converterEntry = join(root, 'converter/main.js');
    writeFileSync(converterEntry, script);
    conversions = new Conversions({ checkpointsDir: checkpoints(), type: 'f16', converterEntry, ...changes });
    await conversions.onApplicationBootstrap();
    await conversions.refresh();
    return conversions;
  }

  async function convertible(name: string, convertedBytes = 4): Promise<Convertible> {
    const facts = { weightPaths: [join(checkpoints(), name)], besidePaths: [], convertedBytes, converterVersion: 1 } as unknown as Convertible['facts'];
    return { name, facts, id: await conversions.idOf(name, facts, checkpoints()) };
  }

  function convert(of: Convertible, watcher: Partial<ConversionWatcher> = {}) {
    const current = () => conversions.idOf(of.name, of.facts, checkpoints());
    return conversions.convert(of, current, { onProgress: () => undefined, onWait: () => undefined, signal: new AbortController().signal, ...watcher });
  }

  it('are made once for all who ask, and kept', async () => {
    await open(`${HEAD} fs.appendFileSync; ${HALF} setTimeout(() => { ${DONE} }, 200);`);
    const a = await convertible('a.pt');
    const progress: number[] = [];
    const [one, other] = await Promise.all([convert(a, { onProgress: (fraction) => progress.push(fraction) }), convert(a)]);
    expect(one).toEqual(other);
    expect(progress).toEqual([0, 0, 0.5]);
    expect(conversions.has(a)).toBe(true);
    writeFileSync(join(root, 'converter/main.js'), 'process.exit(1);');
    expect(await convert(a)).toEqual(one);
    expect(kept()).toEqual([`${a.id.source}-${a.id.key}.gguf`]);
  });

  it('are made one after the other, and who waits is told', async () => {
    await open(AT_ONCE);
    const waits: string[] = [];
    await Promise.all(['a.pt', 'b.pt'].map(async (name) => convert(await convertible(name), { onWait: () => waits.push(name) })));
    expect(waits).toHaveLength(1);
    expect(kept()).toHaveLength(2);
  });

  it('are stopped when the last one who waits leaves, and leave nothing', async () => {
    await open(NEVER);
    const a = await convertible('a.pt');
    const leaving = [new AbortController(), new AbortController()];
    const halfway = new Promise<void>(
      (resolve) => void leaving.map(({ signal }) => convert(a, { signal, onProgress: (fraction) => fraction === 0.5 && resolve() }).catch(() => undefined)),
    );
    const last = convert(a, { signal: leaving[1]!.signal });
    await halfway;
    leaving[0]!.abort(new Error('left'));
    expect(kept()).toHaveLength(1);
    leaving[1]!.abort(new Error('left'));
    await expect(last).rejects.toThrow('left');
    expect(kept()).toEqual([]);
  });

  it('can be asked for again while they are being stopped', async () => {
    await open(NEVER);
    const a = await convertible('a.pt');
    const leaving = new AbortController();
    const halfway = new Promise<void>(
      (resolve) => void convert(a, { signal: leaving.signal, onProgress: (fraction) => fraction === 0.5 && resolve() }).catch(() => undefined),
    );
    await halfway;
    writeFileSync(join(root, 'converter/main.js'), AT_ONCE);
    leaving.abort(new Error('left'));
    expect(await convert(a)).toMatchObject({ sizeBytes: 4 });
    expect(kept()).toHaveLength(1);
  });

  it('let whoever is next begin when one who waits leaves the queue', async () => {
    await open(NEVER);
    const [a, b] = [await convertible('a.pt'), await convertible('b.pt')];
    const leaving = [new AbortController(), new AbortController()];
    const first = convert(a, { signal: leaving[0]!.signal });
    const second = convert(b, { signal: leaving[1]!.signal });
    leaving[1]!.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    writeFileSync(join(root, 'converter/main.js'), AT_ONCE);
    const third = convert(b);
    leaving[0]!.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    expect(await third).toMatchObject({ sizeBytes: 4 });
  });

  it('are no use where a file changed meanwhile', async () => {
    await open(`${HEAD} ${HALF} setTimeout(() => { ${DONE} }, 300);`);
    const a = await convertible('a.pt');
    const onProgress = (fraction: number): void => {
      if (fraction === 0.5) appendFileSync(join(checkpoints(), 'a.pt'), 'more');
    };
    await expect(convert(a, { onProgress })).rejects.toMatchObject({
      code: 'conflict',
      retryable: true,
      message: expect.stringContaining('changed while it was converted'),
    });
    expect(kept()).toEqual([]);
    expect((await convertible('a.pt')).id.key).not.toBe(a.id.key);
  });

  it('are not begun where there is no room for them', async () => {
    await open(AT_ONCE);
    const large = await convertible('a.pt', 2 ** 50);
    await expect(convert(large)).rejects.toMatchObject({
      code: 'disk_full',
      status: 503,
      retryable: true,
      message: expect.stringMatching(/a\.pt takes 1073741824 MB of disk, and \d+ MB can be had/),
    });
  });

  it.each<[string, string, object, Partial<ImportOptions>?]>([
    [
      'refuses',
      `${HEAD} ${say({ type: 'refused', kind: 'not-finite', message: 'A weight is no number.' })}`,
      { code: 'model_invalid', message: 'A weight is no number.' },
    ],
    ['finds the disk full', `${HEAD} ${say({ type: 'refused', kind: 'no-space', message: 'Full.' })}`, { code: 'disk_full' }],
    ['crashes', `${HEAD} fs.writeFileSync(job.target, 'GG'); process.kill(process.pid, 'SIGKILL');`, { code: 'local_model_crashed', retryable: true }],
    ['hangs', NEVER, { code: 'model_invalid', message: expect.stringMatching(/did not get on/) }, { hungAfterSeconds: 1 }],
  ])('that the converter %s fail with a reason, and leave nothing', async (_, script, fault, changes = {}) => {
    await open(script, changes);
    await expect(convert(await convertible('a.pt'))).rejects.toMatchObject(fault);
    expect(kept()).toEqual([]);
  });

  it('of a path that holds a star are refused: it would let the converter read others', async () => {
    await open(AT_ONCE);
    writeFileSync(join(checkpoints(), 'a*.pt'), 'a');
    await expect(convert(await convertible('a*.pt'))).rejects.toMatchObject({ code: 'model_invalid', message: expect.stringContaining('holds a *') });
  });

  it('end with the server, and leave nothing', async () => {
    await open(NEVER);
    const a = await convertible('a.pt');
    const converted = new Promise<unknown>(
      (resolve) => void convert(a, { onProgress: (fraction) => fraction === 0.5 && void conversions.onModuleDestroy() }).catch(resolve),
    );
    expect(await converted).toMatchObject({ code: 'server_restarting' });
    await conversions.onModuleDestroy();
    expect(kept()).toEqual([]);
  });
});
