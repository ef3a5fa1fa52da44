import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { activityOf, Silence } from '@tandem/api/processes';
import { type ConversionAnswer, type ConversionJob, converterArguments, type ConverterMessage } from '@tandem/shared/converter-protocol';
import { ConverterLines } from './converter-lines';

const TICK_MS = 1_000;
/** Memory can grow by a gigabyte in a second. */
const MEMORY_LOOK_MS = 200;
const KEPT_STDERR_CHARACTERS = 4_000;
const MAX_STDERR_CHARACTERS = 256 * 1024;
/** V8's last words: it ends by the same signal as after other failures of its own. */
const HEAP_FULL = /heap out of memory|Allocation failed/i;

/** `lost`: it ended without an answer; `isFilesFault` where the same files would do that again. */
export type ConverterEnd = ConversionAnswer | { readonly type: 'lost'; readonly reason: string; readonly isFilesFault: boolean };

export interface ConverterProcessOptions {
  readonly entry: string;
  readonly job: ConversionJob;
  readonly hungAfterSeconds: number;
  readonly mostResidentBytes: number;
  readonly mostWrittenBytes: number;
  readonly onProgress: (progress: number) => void;
}

/**
 * One conversion in a process of its own, from its start to its end. It may read its source and write its target and nothing
 * else; it is ended when it does not get on, takes too much memory or disk, or says what it should not. What it wrote is left
 * to whoever started it. If this process dies, the converter sees that it has another parent and ends by itself.
 */
export class ConverterProcess {
  readonly ended: Promise<ConverterEnd>;
  private readonly child: ChildProcess;
  private readonly silence = new Silence(TICK_MS, () => activityOf(this.child.pid));
  private answer: ConversionAnswer | null = null;
  private killedBecause: string | null = null;
  private stderr = '';
  private stderrCharacters = 0;
  private writtenBytes = 0;

  constructor(private readonly options: ConverterProcessOptions) {
    const { entry, job } = options;
    const folder = dirname(entry);
    this.child = spawn(process.execPath, [...converterArguments(folder, job), entry], { cwd: folder, env: {}, stdio: 'pipe' });
    lowerPriority(this.child.pid);
    const lines = new ConverterLines(
      (message) => this.receive(message),
      () => this.kill('it said what it should not'),
    );
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => lines.take(text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-KEPT_STDERR_CHARACTERS);
      this.stderrCharacters += text.length;
      if (this.stderrCharacters > MAX_STDERR_CHARACTERS) this.kill('it said what it should not');
    });
    // It may be gone before it was told what to do.
    this.child.stdin?.on('error', () => undefined).end(JSON.stringify(job));
    const watches = [setInterval(() => void this.tick(), TICK_MS).unref(), setInterval(() => this.checkMemory(), MEMORY_LOOK_MS).unref()];
    this.ended = new Promise((resolve) => {
      const settle = (how: string): void => {
        watches.forEach(clearInterval);
        resolve(this.endOf(how));
      };
      // `error` without `close`: it could not be started at all.
      this.child.once('error', (error: NodeJS.ErrnoException) => settle(`it could not be started (${error.code ?? error.message})`));
      this.child.once('close', (code, signal) => settle(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`));
    });
  }

  /** Resolves when it is gone. */
  async destroy(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private receive(message: ConverterMessage): void {
    this.silence.heard();
    if (message.type === 'progress') this.options.onProgress(Math.min(1, message.writtenBytes / message.totalBytes));
    else this.answer = message;
  }

  private async tick(): Promise<void> {
    const writtenBytes = await sizeOf(this.options.job.target);
    if (writtenBytes > this.writtenBytes) this.silence.heard();
    this.writtenBytes = writtenBytes;
    this.silence.tick();
    const { hungAfterSeconds, mostWrittenBytes } = this.options;
    if (this.silence.isLongerThan(hungAfterSeconds)) this.kill(`it did not get on for ${this.silence.length} s`);
    if (writtenBytes > mostWrittenBytes) this.kill('it wrote more than the checkpoint holds');
  }

  private checkMemory(): void {
    if (residentBytes(this.child.pid) > this.options.mostResidentBytes) this.kill('it took more memory than it may');
  }

  private kill(reason: string): void {
    this.killedBecause ??= reason;
    this.child.kill('SIGKILL');
  }

  private endOf(how: string): ConverterEnd {
    if (this.killedBecause !== null) return { type: 'lost', reason: this.killedBecause, isFilesFault: true };
    if (this.answer !== null) return this.answer;
    return HEAP_FULL.test(this.stderr)
      ? { type: 'lost', reason: 'it took more memory than it may', isFilesFault: true }
      : { type: 'lost', reason: how, isFilesFault: false };
  }
}

/** So that streams beside it are not slowed. Where that cannot be done it works all the same. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It is gone already, or the system does not let us.
  }
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path).catch(() => null);
  return stats?.size ?? 0;
}

/** Where there is no /proc nobody knows: its heap is bounded all the same. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
