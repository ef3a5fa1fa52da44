import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach } from '@tandem/testing';
import { converterArguments } from './converter-arguments';
import type { ConversionJob } from './messages';

const closeLater = closeAfterEach();

/** A converter's folder and a job on real files; the converter does what the test says with them. */
function setup(script: string) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tandem-converter-')));
  closeLater(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'converter');
  mkdirSync(folder);
  writeFileSync(join(folder, 'main.js'), `const fs = require('node:fs');\nconst { weights, beside, target, other } = JSON.parse(process.argv[2]);\n${script}`);
  writeFileSync(join(folder, 'gpt2-merges.txt.br'), 'merges');
  const job: ConversionJob = {
    weights: [join(root, 'model.pt')],
    beside: [join(root, 'config.json')],
    target: join(root, 'model.gguf'),
    type: 'f16',
    name: 'Model',
  };
  const other = join(root, 'diary.txt');
  for (const path of [...job.weights, ...job.beside, other]) writeFileSync(path, 'content');
  const args = converterArguments(folder, job);
  const run = () => spawnSync(process.execPath, [...args, join(folder, 'main.js'), JSON.stringify({ ...job, other })], { encoding: 'utf8' });
  return { folder, job, other, args, run };
}

describe('a converter', () => {
  it('reads the weights, what stands beside them and its own files, and writes the target', () => {
    const { job, run } = setup(
      'fs.writeFileSync(target, [...weights, ...beside, `${__dirname}/gpt2-merges.txt.br`].map((path) => fs.readFileSync(path)).join());',
    );
    const { status, stderr } = run();
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(job.target, 'utf8')).toBe('content,content,merges');
  });

  it.each([
    ['read another file', 'fs.readFileSync(other);'],
    ['write to its weights', 'fs.writeFileSync(weights[0], "spoilt");'],
    ['write a file of its own', 'fs.writeFileSync(`${target}.other`, "hidden");'],
    ['start a process', 'require("node:child_process").spawnSync("true");'],
    ['start a thread', 'new (require("node:worker_threads").Worker)("", { eval: true });'],
    ['load native code', 'process.dlopen({ exports: {} }, weights[0]);'],
  ])('may not %s', (_, script) => {
    const { job, run } = setup(script);
    const { status, stderr } = run();
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/ERR_(ACCESS_DENIED|DLOPEN_DISABLED)/);
    expect([readFileSync(job.weights[0] ?? '', 'utf8'), existsSync(`${job.target}.other`)]).toEqual(['content', false]);
  });

  it('has a heap that is smaller than the weights that it streams', () => {
    const { run } = setup('process.stdout.write(String(require("node:v8").getHeapStatistics().heap_size_limit));');
    const megabytes = Number(run().stdout) / 1024 ** 2;
    expect(megabytes).toBeGreaterThanOrEqual(256);
    expect(megabytes).toBeLessThan(512);
  });

  it('is told of each file once, however often a checkpoint names it', () => {
    const { folder, job, args } = setup('');
    const twice = converterArguments(folder, { ...job, beside: [...job.beside, ...job.weights] });
    expect(twice).toEqual(args);
  });
});
