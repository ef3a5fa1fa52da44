import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { inspectCheckpoint } from '@tandem/import/families';
import { type ConversionAnswer, type ConversionJob, converterArguments, type ConverterMessage } from '@tandem/shared/converter-protocol';
import { CHECKPOINT_FIXTURES_FOLDER, type CheckpointFixture, checkpointFixture, writeLargeCheckpoint } from '@tandem/testing';

const FOLDER = resolve('dist/apps/converter');

interface Conversion {
  readonly child: ChildProcess;
  readonly progress: number[];
  readonly complaints: () => string;
  /** Null where the process ended without one. */
  readonly answer: Promise<ConversionAnswer | null>;
}

/** Has a process say at its end what Linux knows of it. */
const LAST_WORDS = "import fs from 'node:fs'; process.on('exit', () => fs.writeSync(2, fs.readFileSync('/proc/self/status')));";
const TELLING = ['--allow-fs-read=/proc', `--import=data:text/javascript,${encodeURIComponent(LAST_WORDS)}`];

describe('a converter', () => {
  let folder: string;
  let target: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-converter-'));
    target = join(folder, 'x.gguf.partial');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function jobFor(name: CheckpointFixture): ConversionJob {
    const { besidePaths, weightPaths } = inspectCheckpoint(checkpointFixture(name).path, CHECKPOINT_FIXTURES_FOLDER, 'f16');
    return { weights: weightPaths, beside: besidePaths, target, type: 'f16', name };
  }

  function start(job: ConversionJob, allowed = job, more: readonly string[] = []): Conversion {
    const child = spawn(process.execPath, [...converterArguments(FOLDER, allowed), ...more, join(FOLDER, 'main.js')], { env: {}, stdio: 'pipe' });
    const progress: number[] = [];
    let complaints = '';
    child.stderr.on('data', (text) => (complaints += String(text)));
    let said: ConversionAnswer | null = null;
    createInterface(child.stdout).on('line', (line) => {
      const told = JSON.parse(line) as ConverterMessage;
      if (told.type === 'progress') progress.push(told.writtenBytes / told.totalBytes);
      else said = told;
    });
    const answer = new Promise<ConversionAnswer | null>((settle) => child.once('close', () => settle(said)));
    child.stdin.end(JSON.stringify(job));
    return { child, progress, answer, complaints: () => complaints };
  }

  it.each(['hf-llama', 'llama2c', 'mini-deepseek/sft'] as const)('converts %s with the right to nothing but its files', async (name) => {
    const job = jobFor(name);
    const { weights } = job;
    const before = weights.map((path) => [createHash('sha256').update(readFileSync(path)).digest('hex'), statSync(path).mtimeMs]);
    const { answer, progress, child } = start(job);
    expect(await answer).toEqual({ type: 'converted', bytes: statSync(target).size });
    expect(child.exitCode).toBe(0);
    expect(readFileSync(target).subarray(0, 4).toString()).toBe('GGUF');
    expect(progress.length).toBeGreaterThanOrEqual(10);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(progress.at(-1)).toBe(1);
    expect(weights.map((path) => [createHash('sha256').update(readFileSync(path)).digest('hex'), statSync(path).mtimeMs])).toEqual(before);
  });

  it('takes little memory, however large the checkpoint', async () => {
    const source = join(folder, 'large');
    writeLargeCheckpoint(source, 6);
    const { besidePaths, weightPaths } = inspectCheckpoint(join(source, 'model.safetensors'), folder, 'f16');
    const job = { weights: weightPaths, beside: besidePaths, target, type: 'f16', name: 'large' } as const;
    const { answer, complaints } = start(job, job, TELLING);
    expect(await answer).toEqual({ type: 'converted', bytes: statSync(target).size });
    const mostResidentKb = Number(/^VmHWM:\s+(\d+) kB/m.exec(complaints())?.[1]);
    expect(mostResidentKb / 1024).toBeLessThan(120);
  });

  it('says in one sentence why it cannot, and leaves nothing', async () => {
    const job = jobFor('nanogpt');
    const { answer, child } = start({ ...job, beside: [] });
    expect(await answer).toEqual({ type: 'refused', kind: 'tokenizer', message: expect.stringMatching(/^The checkpoint does not say .*\.$/) as string });
    expect(child.exitCode).toBe(1);
    expect(existsSync(target)).toBe(false);
  });

  it('finds weights that are no numbers before it calls them converted', async () => {
    const job = jobFor('hf-qwen3');
    const source = join(folder, 'model.safetensors');
    const bytes = readFileSync(job.weights[0] ?? '');
    bytes.writeFloatLE(NaN, bytes.length - 64);
    writeFileSync(source, bytes);
    const { answer } = start({ ...job, weights: [source] });
    expect(await answer).toMatchObject({ type: 'refused', kind: 'not-finite' });
    expect(existsSync(target)).toBe(false);
  });

  it('can read nothing that it was not given', async () => {
    const job = jobFor('hf-llama');
    const { answer } = start(job, { ...job, weights: [], beside: [] });
    expect(await answer).toMatchObject({ type: 'refused', kind: 'unreadable' });
  });

  it('ends when whoever started it is gone before it was told what to do', async () => {
    const job = jobFor('hf-llama');
    const child = spawn(process.execPath, [...converterArguments(FOLDER, job), join(FOLDER, 'main.js')], { env: {}, stdio: ['pipe', 'ignore', 'ignore'] });
    const gone = new Promise((settle) => child.once('exit', settle));
    child.stdin.end();
    expect(await gone).toBe(1);
  });
});
