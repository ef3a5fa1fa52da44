import { Fault } from '@tandem/api/faults';
import { type Client, freshBytes } from '@tandem/api/http';
import { DEFAULT_PARAMETERS, type EndFrame, type PhaseFrame, type SamplingParameters, type StreamFrame, type TokenLogprob } from '@tandem/shared/contracts';
import { Observable } from 'rxjs';
import type { CompletionEnd, CompletionRequest, CompletionSource, Flow } from './completion-source';
import type { Demands } from './demands';
import { FrameLog, type NumberedFrame } from './frame-log';
import { Stopwatch } from './stopwatch';
import { readDefaults } from './read-defaults';
import type { Target } from './target';

/** Seeds are drawn below this, so that every model server takes them (some hold them in 32 bits). */
const DRAWN_SEED_LIMIT = 2 ** 31;

/** Between two reports of progress, in milliseconds: at most ten a second, also where the way to the client bunches them. */
const PROGRESS_MS = 125;

export interface RunOptions {
  /** Who asked. */
  readonly client?: Client;
  /** How long the work goes on without a follower, in milliseconds. Default 0: it stops with the last one. */
  readonly graceMs?: number;
  /** Whether its last frame says nothing by which its model could be told: no timings, usage, seed or parameters. Default no. */
  readonly isVeiled?: boolean;
}

export type RunState = 'idle' | 'running' | 'ended';

/** What is asked, before defaults are filled in. */
export interface RunRequest {
  readonly messages: CompletionRequest['messages'];
  readonly parameters: Partial<SamplingParameters>;
  /** What applies where neither the request nor the model names a value. Default: the chat's. */
  readonly defaults?: SamplingParameters;
  readonly conversation?: string;
  readonly isFresh?: true;
  readonly demands?: Demands;
  readonly isRepeated?: true;
}

/** One who follows a run. */
export interface Following {
  /** Says whether it has so much to take that more need not be made for it alone. */
  lag(isBehind: boolean): void;
  leave(): void;
}

/** As the run sees it. */
interface Follower {
  readonly onNews: () => void;
  isBehind: boolean;
}

/**
 * One answer being made: owns the work at the source, the numbering of its frames and the one end frame.
 * It starts with its first follower and stops with its last; the `RunRegistry` keeps it for those who come back. Its
 * source waits while everyone who follows is far behind.
 */
export class Run {
  readonly id = freshBytes(9).toString('hex');

  private readonly abort = new AbortController();
  private readonly log = new FrameLog();
  private readonly followers = new Set<Follower>();
  private flow: Flow | undefined;
  private isHeld = false;
  private isOver: () => void = () => undefined;
  /** Settles once the end frame is there. */
  readonly ended = new Promise<void>((resolve) => (this.isOver = resolve));
  private readonly stopwatch = new Stopwatch();
  readonly modelId: string;
  private readonly seed: number;
  /** Gone with the end: the prompt, and whatever hangs on the connection it came by, are large. */
  private task: { readonly source: CompletionSource; readonly request: CompletionRequest } | undefined;
  private state: RunState = 'idle';
  /** By the monotonic clock, which nobody sets. */
  private changedAtMs = performance.now();
  private lastPhase: PhaseFrame | undefined;
  private phaseToldAtMs = 0;
  private last: EndFrame | undefined;
  private lastFault: Fault | undefined;
  private cached: number | undefined;
  /** Of tokens whose text is still to come. */
  private logprobs: TokenLogprob[] = [];
  private grace: NodeJS.Timeout | undefined;

  constructor(
    { card, defaults: configured, source }: Target,
    { parameters, defaults = DEFAULT_PARAMETERS, ...asked }: RunRequest,
    private readonly options: RunOptions = {},
  ) {
    const { own, unsent } = readDefaults(configured);
    const merged = { ...defaults, ...own, ...parameters };
    this.modelId = card.id;
    this.seed = merged.seed ?? Math.floor(Math.random() * DRAWN_SEED_LIMIT);
    this.task = {
      source,
      request: { ...asked, ...unsent, ...(options.client ? { owner: options.client.owner } : {}), parameters: { ...merged, seed: this.seed } },
    };
  }

  /** Who asked; undefined where nobody in particular did. */
  get client(): Client | undefined {
    return this.options.client;
  }

  get isRunning(): boolean {
    return this.state === 'running';
  }

  get hasEnded(): boolean {
    return this.state === 'ended';
  }

  /** Whether any of the answer is there. */
  get hasText(): boolean {
    return this.stopwatch.hasTicked;
  }

  /** Whether it waits for its turn at the model. */
  get isQueued(): boolean {
    return this.isRunning && this.lastPhase?.phase === 'queued' && !this.stopwatch.hasTicked;
  }

  /** Its end frame, once there is one. */
  get outcome(): EndFrame | undefined {
    return this.last;
  }

  /** Why it failed, with what its end frame has no place for; undefined while it did not. */
  get fault(): Fault | undefined {
    return this.lastFault;
  }

  /** How many tokens of its prompt did not have to be read again, once it has ended; undefined where nobody said. */
  get cachedTokens(): number | undefined {
    return this.cached;
  }

  /** When it was opened, or ended, by `performance.now()`. */
  get restingSinceMs(): number {
    return this.changedAtMs;
  }

  /** Whether frames after number `after` are there or still to come. */
  hasAfter(after: number): boolean {
    return !this.hasEnded || this.log.lastNumber > after;
  }

  get keptCharacters(): number {
    return this.log.characters;
  }

  /** How many frames there are so far. */
  get frames(): number {
    return this.log.lastNumber;
  }

  /** A frame that `reaches` says is kept. */
  frame(number: number): StreamFrame {
    return this.log.at(number);
  }

  /** How likely the tokens of a frame that is kept were; none where that is not known. */
  logprobsOf(number: number): readonly TokenLogprob[] {
    return this.log.logprobsOf(number);
  }

  /** Whether every frame after number `after` is still kept, or not made yet. */
  reaches(after: number): boolean {
    return this.log.reaches(after);
  }

  /** How many characters of kept frames there are after number `after`. */
  charactersAfter(after: number): number {
    return this.log.charactersAfter(after);
  }

  /** Has `onNews` called after each frame that is made, the last included. */
  watch(onNews: () => void): Following {
    const follower: Follower = { onNews, isBehind: false };
    this.followers.add(follower);
    clearTimeout(this.grace);
    this.setPace();
    if (this.state === 'idle') void this.work();
    return {
      lag: (isBehind) => {
        if (follower.isBehind === isBehind) return;
        follower.isBehind = isBehind;
        this.setPace();
      },
      leave: () => {
        if (!this.followers.delete(follower)) return;
        this.setPace();
        if (this.followers.size === 0) this.abandon();
      },
    };
  }

  /** Every frame after number `after`, those already made at once, then the rest as they come; completes with the end. */
  follow(after = 0): Observable<NumberedFrame> {
    return new Observable((subscriber) => {
      let sent = after;
      const catchUp = (): void => {
        for (const frame of this.log.after(sent)) {
          sent = frame.number;
          subscriber.next(frame);
        }
        if (this.hasEnded) subscriber.complete();
      };
      const following = this.watch(catchUp);
      catchUp();
      return () => following.leave();
    });
  }

  /** Stops the work at the source; the stream ends as `cancelled`, or with the fault that made it stop. */
  stop(reason?: Fault): void {
    this.abort.abort(reason);
  }

  /** Without followers it goes on: whoever comes back finds what they missed. */
  private setPace(): void {
    const isHeld = this.followers.size > 0 && [...this.followers].every(({ isBehind }) => isBehind);
    if (isHeld === this.isHeld) return;
    this.isHeld = isHeld;
    if (isHeld) this.flow?.pause();
    else this.flow?.resume();
  }

  private abandon(): void {
    if (this.hasEnded) return;
    const graceMs = this.options.graceMs ?? 0;
    if (graceMs === 0) this.stop();
    else this.grace = setTimeout(() => this.stop(), graceMs);
  }

  private async work(): Promise<void> {
    if (this.task === undefined) return;
    const { source, request } = this.task;
    this.state = 'running';
    const { signal } = this.abort;
    try {
      const end = await source.complete(
        request,
        {
          phase: (phase, detail) => this.addPhase({ token: '', done: false, phase, ...detail }),
          text: (token, reasoning) => {
            this.stopwatch.tick();
            this.add(reasoning ? { token, done: false, reasoning: true } : { token, done: false });
          },
          call: (piece) => {
            this.stopwatch.tick();
            this.add({ token: '', done: false, tool_call: piece });
          },
          logprobs: (tokens) => {
            for (const token of tokens) this.logprobs.push(token);
          },
          hold: (flow) => {
            this.flow = flow;
            if (this.isHeld) flow.pause();
          },
        },
        signal,
      );
      this.end(signal.aborted && signal.reason instanceof Fault ? { fault: signal.reason } : { end });
    } catch (thrown) {
      this.end(
        signal.aborted && !(signal.reason instanceof Fault)
          ? { end: { finishReason: 'cancelled' } }
          : { fault: Fault.from(signal.aborted ? signal.reason : thrown) },
      );
    }
  }

  /** Progress is told in whole percent, and rarely: a model that loads fast reports it thousands of times. */
  private addPhase(frame: PhaseFrame): void {
    const told = frame.progress === undefined ? frame : { ...frame, progress: Math.round(frame.progress * 100) / 100 };
    const { phase, progress, position } = this.lastPhase ?? {};
    const isSame = told.phase === phase && told.position === position;
    const nowMs = performance.now();
    if (isSame && (told.progress === progress || nowMs - this.phaseToldAtMs < PROGRESS_MS)) return;
    this.lastPhase = told;
    this.phaseToldAtMs = nowMs;
    this.add(told);
  }

  private tell(): void {
    for (const { onNews } of this.followers) onNews();
  }

  private add(frame: StreamFrame): void {
    if (this.hasEnded) return;
    this.log.add(frame, 'phase' in frame ? undefined : this.takeLogprobs());
    this.tell();
  }

  private takeLogprobs(): readonly TokenLogprob[] {
    const { logprobs } = this;
    if (logprobs.length > 0) this.logprobs = [];
    return logprobs;
  }

  private end({ end, fault }: { end?: CompletionEnd; fault?: Fault }): void {
    clearTimeout(this.grace);
    const ignored = end?.ignoredParameters ?? [];
    const frame: EndFrame = {
      token: '',
      done: true,
      ...(end ? { finish_reason: end.finishReason } : {}),
      ...(fault ? { error: fault.toFrameError() } : {}),
      ...(end?.usage ? { usage: end.usage } : {}),
      timings: this.stopwatch.read(end),
      seed: this.seed,
      ...(ignored.length > 0 ? { ignored_parameters: ignored } : {}),
    };
    this.log.add(this.options.isVeiled ? veiled(frame) : frame, this.takeLogprobs());
    this.last = frame;
    this.cached = end?.cachedTokens;
    this.lastFault = fault;
    this.task = undefined;
    this.flow = undefined;
    this.state = 'ended';
    this.changedAtMs = performance.now();
    this.tell();
    this.isOver();
  }
}

/** Only what its follower may know: how it ended. */
function veiled({ token, done, finish_reason, error }: EndFrame): StreamFrame {
  return { token, done, ...(finish_reason ? { finish_reason } : {}), ...(error ? { error } : {}) } as EndFrame;
}
