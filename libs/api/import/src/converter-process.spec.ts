import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardLeaks } from '@tandem/testing';
import { type ConverterEnd, ConverterProcess, type ConverterProcessOptions } from './converter-process';

const MB = 1024 * 1024;
const CONVERTED = '{"type":"converted","bytes":7}';
const say = (line: string): string => `require('node:fs').writeSync(1, ${JSON.stringify(`${line}\n`)});`;

describe('a converter process', () => {
  guardLeaks();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-converter-process-'));
    writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
    writeFileSync(join(folder, 'out.partial'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function start(script: string, changes: Partial<ConverterProcessOptions> = {}): ConverterProcess {
    const entry = join(folder, 'main.js');
    writeFileSync(entry, script);
    const job = { weights: [], beside: [], target: join(folder, 'out.partial'), type: 'f16' as const, name: 'x' };
    return new ConverterProcess({
      entry,
      job,
      hungAfterSeconds: 60,
      mostResidentBytes: 300 * MB,
      mostWrittenBytes: 10 * MB,
      onProgress: () => undefined,
      ...changes,
    });
  }

  it('tells how far it is, and how it ended', async () => {
    const progress: number[] = [];
    const steps = [1, 2, 4].map((written) => say(JSON.stringify({ type: 'progress', writtenBytes: written, totalBytes: 4 }))).join('');
    expect(await start(steps + say(CONVERTED), { onProgress: (fraction) => progress.push(fraction) }).ended).toEqual({ type: 'converted', bytes: 7 });
    expect(progress).toEqual([0.25, 0.5, 1]);
  });

  it('gives the reason why it refuses, as one line of bounded length', async () => {
    const refusal = { type: 'refused', kind: 'family', message: `No\nsuch\u001b[31m family. ${'x'.repeat(5_000)}` };
    const end = await start(`${say(JSON.stringify(refusal))} process.exit(1);`).ended;
    expect(end).toMatchObject({ type: 'refused', kind: 'family', message: expect.stringMatching(/^No such \[31m family\. x+$/) });
    expect((end as { message: string }).message).toHaveLength(1_000);
  });

  it('is told its job, and is not told the environment', async () => {
    process.env['TANDEM_SECRET'] = 'secret';
    const script = `const job = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
      const said = JSON.stringify({ type: 'refused', kind: job.name, message: Object.keys(process.env).join() });
      require('node:fs').writeSync(1, said + '\\n');`;
    expect(await start(script).ended).toEqual({ type: 'refused', kind: 'x', message: '' });
    delete process.env['TANDEM_SECRET'];
  });

  const LOST: readonly (readonly [what: string, script: string, reason: RegExp, isFilesFault: boolean, changes: Partial<ConverterProcessOptions>])[] = [
    ['ends without an answer', 'process.exit(7);', /ended with code 7/, false, {}],
    ['is killed', "process.kill(process.pid, 'SIGKILL');", /ended by SIGKILL/, false, {}],
    ['computes for ever', 'for (;;);', /did not get on for \d+ s/, true, { hungAfterSeconds: 2 }],
    ['waits for ever', 'setInterval(() => undefined, 1e6);', /did not get on for \d+ s/, true, { hungAfterSeconds: 2 }],
    ['takes more and more memory', 'const all = []; for (;;) all.push(Buffer.alloc(8 * 1024 * 1024, 1));', /more memory than it may/, true, {}],
    [
      'fills its heap',
      "const all = []; for (let n = 0; ; n++) all.push({ n, text: 'x' + n });",
      /more memory than it may/,
      true,
      { mostResidentBytes: 2_000 * MB },
    ],
    [
      'writes without end',
      "const fs = require('node:fs'); for (;;) fs.appendFileSync(process.env.OUT ?? require('node:path').join(__dirname, 'out.partial'), Buffer.alloc(1024 * 1024));",
      /more than the checkpoint holds/,
      true,
      {},
    ],
    ['says endless lines', `for (;;) { ${say('{"type":"progress","writtenBytes":1,"totalBytes":2}')} }`, /said what it should not/, true, {}],
    [
      'says one endless line',
      "const fs = require('node:fs'); const piece = 'x'.repeat(65536); for (;;) fs.writeSync(1, piece);",
      /said what it should not/,
      true,
      {},
    ],
    ['says no JSON', say('hello'), /said what it should not/, true, {}],
    ['says what means nothing', say('{"type":"progress","writtenBytes":-1,"totalBytes":0}'), /said what it should not/, true, {}],
    [
      'writes endless complaints',
      "const fs = require('node:fs'); const piece = 'x'.repeat(65536); for (;;) fs.writeSync(2, piece);",
      /said what it should not/,
      true,
      {},
    ],
  ];

  it.each(LOST)('that %s is ended, and its memory and its words with it', async (_, script, reason, isFilesFault, changes) => {
    const before = process.memoryUsage().rss;
    const end: ConverterEnd = await start(script, changes).ended;
    expect(end).toEqual({ type: 'lost', reason: expect.stringMatching(reason), isFilesFault });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB);
  });

  it('that gets on slowly is left alone', async () => {
    const script = `let written = 0; setInterval(() => {
      if (++written === 8) { ${say(CONVERTED)} process.exit(0); }
      require('node:fs').writeSync(1, JSON.stringify({ type: 'progress', writtenBytes: written, totalBytes: 8 }) + '\\n');
    }, 500);`;
    expect(await start(script, { hungAfterSeconds: 2 }).ended).toEqual({ type: 'converted', bytes: 7 });
  });

  it('is gone when it is destroyed, twice as well, which waits for nothing else', async () => {
    const converter = start('for (;;);');
    await Promise.all([converter.destroy(), converter.destroy()]);
    expect(await converter.ended).toMatchObject({ type: 'lost', reason: expect.stringMatching(/SIGKILL/) });
  });
});
