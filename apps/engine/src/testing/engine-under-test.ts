import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineAnswer, EngineCall, EngineProgress, FromEngine } from '@tandem/shared/engine-protocol';
import type { SamplingParameters } from '@tandem/shared/contracts';
import { type Checkpoint, ggufBytes } from '@tandem/testing';

const ENTRY = 'dist/apps/engine/main.js';

/** Greedy, and nothing penalised. */
export const EXACT: SamplingParameters & { readonly seed: number } = {
  max_tokens: 16,
  temperature: 0,
  top_p: 1,
  top_k: 0,
  repetition_penalty: 1,
  seed: 1,
  stop: [],
};

export interface RunningCall {
  readonly progress: EngineProgress[];
  readonly answer: Promise<EngineAnswer>;
  cancel(): void;
  pause(): void;
  resume(): void;
  /** All text so far. */
  text(): string;
}

/** The built engine in a process of its own, spoken to the way the API does, over a folder of its own. */
export class EngineUnderTest {
  readonly folder = mkdtempSync(join(tmpdir(), 'tandem-engine-'));
  private readonly child: ChildProcess;
  private readonly open = new Map<number, { progress: EngineProgress[]; settle: (answer: EngineAnswer) => void }>();
  private readonly exited: Promise<number | null>;
  private lastId = 0;

  constructor(threads = 2, environment: NodeJS.ProcessEnv = {}, more: readonly string[] = []) {
    this.child = fork(ENTRY, [`--threads=${threads}`, ...more], {
      env: { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '2', GGML_NO_BACKTRACE: '1', ...environment },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'],
    });
    const echo = this.child.stdio[4] as Socket;
    echo.on('error', () => echo.destroy()).pipe(echo);
    this.child.on('message', (batch) => (batch as FromEngine[]).forEach((message) => this.receive(message)));
    this.exited = new Promise((resolve) => this.child.once('exit', (code) => resolve(code)));
  }

  readonly exact = EXACT;

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The processes it has started. */
  children(): number[] {
    const tasks = `/proc/${this.pid}/task`;
    return readdirSync(tasks).flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
  }

  /** Its own, files that are mapped left out. */
  memoryBytes(): number {
    const kilobytes = /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) * 1024;
  }

  /** How often it has a file mapped into its memory. */
  mappingsOf(path: string): number {
    return readFileSync(`/proc/${this.pid}/maps`, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith(path)).length;
  }

  /** Writes a file into its folder; its absolute path. */
  write(name: string, content: Checkpoint | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, Buffer.isBuffer(content) ? content : ggufBytes(content));
    return path;
  }

  start(call: EngineCall): RunningCall {
    const id = ++this.lastId;
    const progress: EngineProgress[] = [];
    const answer = new Promise<EngineAnswer>((settle) => this.open.set(id, { progress, settle }));
    this.child.send({ ...call, id });
    return {
      progress,
      answer,
      cancel: () => void this.child.send({ type: 'cancel', id }),
      pause: () => void this.child.send({ type: 'pause', id }),
      resume: () => void this.child.send({ type: 'resume', id }),
      text: () => progress.map((said) => (said.type === 'text' ? said.text : '')).join(''),
    };
  }

  call(call: EngineCall): Promise<EngineAnswer> {
    return this.start(call).answer;
  }

  load(model: string, path: string, extra: Partial<Extract<EngineCall, { type: 'load' }>> = {}): Promise<EngineAnswer> {
    return this.call({ type: 'load', model, paths: [path], ...extra });
  }

  /** One question to a loaded model; its whole answer. */
  async ask(model: string, content: string, parameters: Partial<typeof EXACT> = {}, conversation?: string) {
    const running = this.generate(model, content, parameters, conversation);
    const end = await running.answer;
    if (end.type !== 'end') throw new Error(JSON.stringify(end));
    return { ...end, text: running.text() };
  }

  generate(model: string, content: string, parameters: Partial<typeof EXACT> = {}, conversation?: string): RunningCall {
    return this.start({
      type: 'generate',
      model,
      messages: [{ role: 'user', content }],
      parameters: { ...EXACT, ...parameters },
      owner: 'someone',
      ...(conversation === undefined ? {} : { conversation }),
    });
  }

  /** Has the engine hear in one turn all that it is told meanwhile: it stands still until then. */
  atOnce<T>(tell: () => T): T {
    process.kill(this.pid, 'SIGSTOP');
    while (!readFileSync(`/proc/${this.pid}/stat`, 'utf8').includes(') T '));
    try {
      return tell();
    } finally {
      process.kill(this.pid, 'SIGCONT');
    }
  }

  /** Looks again at every turn of the loop, until the test's own time is over. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Its exit code; null where it had to be killed. */
  async close(): Promise<number | null> {
    if (this.child.connected) this.child.send({ type: 'shutdown' });
    const code = await this.exited;
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  private receive(message: FromEngine): void {
    if (!('id' in message)) return;
    const call = this.open.get(message.id);
    if (call === undefined) return;
    switch (message.type) {
      case 'loading':
      case 'queued':
      case 'prompt':
      case 'scores':
      case 'text':
      case 'logprobs':
      case 'call':
        call.progress.push(message);
        return;
      default:
        this.open.delete(message.id);
        call.settle(message);
    }
  }
}
