import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import { activityOf, Silence } from '@tandem/api/processes';
import { type FromEngine, type ToEngine, withoutPaths } from '@tandem/shared/engine-protocol';
import { engineEnvironment } from './engine-environment';

/** The binding's thread says every second that it is alive. */
const TICK_MS = 1_000;
/** Silent ticks before its first sign of life: a cold disk may take this long. */
const START_TICKS = 30;
const KEPT_STDERR_CHARACTERS = 4_000;
/** What a process gets for what it did itself; the system ends one that takes too much memory with another. */
const CRASHES = new Set<NodeJS.Signals>(['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGSYS']);

/** `limited`: llama.cpp cannot be used here; headers are still read, and there is no binding that could hang. */
type State = 'starting' | 'running' | 'limited' | 'closing' | 'closed';

export interface EngineProcessOptions {
  readonly entry: string;
  readonly threads: number;
  readonly usesGpu: boolean;
  /** That all models may take; what there is where it is left out. */
  readonly memoryBytes?: number;
  /** Silent ticks after which a running engine counts as hung, where it was not kept from speaking. */
  readonly hungAfterTicks: number;
  readonly onMessage: (message: FromEngine) => void;
  /** Once, when the process is gone, with why. `isCrash`: by its own doing, and not because somebody ended it. */
  readonly onExit: (reason: string, isCrash: boolean) => void;
}

/**
 * One life of the engine, from fork to exit. It kills a process that could show a sign of life and shows none; `close` has
 * it cancel what it does and let go in order, by force after the deadline; `destroy` ends it now. If this process dies, the
 * engine notices the closed channel and ends by itself.
 */
export class EngineProcess {
  private state: State = 'starting';
  private stderr = '';
  private killedBecause: string | null = null;
  private readonly child: ChildProcess;
  private readonly gone: Promise<void>;
  private readonly watch: NodeJS.Timeout;
  private readonly silence = new Silence(TICK_MS, () => activityOf(this.pid));

  constructor(private readonly options: EngineProcessOptions) {
    const limits = options.memoryBytes === undefined ? [] : [`--memory-bytes=${options.memoryBytes}`];
    const devices = options.usesGpu ? [] : ['--no-gpu'];
    this.child = fork(options.entry, [`--threads=${options.threads}`, ...devices, ...limits], {
      env: engineEnvironment(process.env),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    });
    this.child.on('message', (batch) => this.receive(batch as FromEngine[], options.onMessage));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-KEPT_STDERR_CHARACTERS);
    });
    echo(this.child.stdio[4]);
    this.watch = setInterval(() => this.tick(), TICK_MS).unref();
    this.gone = new Promise((resolve) => {
      const settle = (reason: string, isCrash: boolean): void => {
        if (this.state === 'closed') return;
        this.state = 'closed';
        clearInterval(this.watch);
        options.onExit(this.killedBecause ?? reason, isCrash && this.killedBecause === null);
        resolve();
      };
      // `error` without `close`: it could not be spawned at all, and nothing will ever come out of its pipes.
      this.child.once('error', (error) => {
        for (const pipe of this.child.stdio) pipe?.destroy();
        settle(`it could not be started (${error.message})`, false);
      });
      // `close` comes after `exit`, when everything it wrote has arrived.
      this.child.once('close', (code, signal) => settle(this.exitReason(code, signal), signal === null ? code !== 0 : CRASHES.has(signal)));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(message: ToEngine): void {
    // A channel that closes under our hands is reported by the exit.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  async close(deadlineMs: number): Promise<void> {
    if (this.state !== 'closing' && this.state !== 'closed') {
      this.state = 'closing';
      this.send({ type: 'shutdown' });
    }
    const deadline = setTimeout(() => this.child.kill('SIGKILL'), deadlineMs);
    await this.gone;
    clearTimeout(deadline);
  }

  async destroy(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.gone;
  }

  private receive(batch: readonly FromEngine[], onMessage: (message: FromEngine) => void): void {
    this.silence.heard();
    if (this.state === 'starting') this.state = 'running';
    for (const message of batch) {
      if (message.type === 'unavailable' && this.state === 'running') this.state = 'limited';
      if (message.type !== 'alive') onMessage(message);
    }
  }

  private tick(): void {
    this.silence.tick();
    const limit = this.state === 'starting' ? START_TICKS : this.options.hungAfterTicks;
    if (this.state === 'closing' || this.state === 'limited' || !this.silence.isLongerThan(limit)) return;
    this.killedBecause = `it did not respond for ${this.silence.length} s and was ended`;
    this.child.kill('SIGKILL');
  }

  private exitReason(code: number | null, signal: NodeJS.Signals | null): string {
    const assertion = /(?:GGML_ASSERT\(|terminate called|FATAL ERROR:|\b\w*Error: |\.(?:cpp|c|cu|h):\d+: (?!GGML_ASSERT)).*/
      .exec(this.stderr)?.[0]
      .replace(/^\.\w+:\d+: /, '')
      .slice(0, 200);
    const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
    return assertion === undefined ? how : `${how}: ${withoutPaths(assertion)}`;
  }
}

/** Sends back what comes, so that the engine can wake a thread of its own that waits in a read. */
function echo(pipe: ChildProcess['stdio'][4]): void {
  if (!(pipe instanceof Socket)) return;
  pipe.on('error', () => pipe.destroy());
  pipe.pipe(pipe);
}
