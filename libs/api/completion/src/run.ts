import { Fault } from '@tandem/api/faults';
import { type Client, freshBytes } from '@tandem/api/http';
import type { EndFrame, StreamFrame, TokenLogprob } from '@tandem/shared/contracts';
import { Observable } from 'rxjs';
import type { CompletionRequest, CompletionSource } from './completion-source';
import { endFrameOf, type RunEnd, veiled } from './end-frame';
import { Followers, type Following } from './followers';
import { FrameLog, type NumberedFrame } from './frame-log';
import { PhaseReports } from './phase-reports';
import { completionRequestOf, type RunRequest } from './run-request';
import { Stopwatch } from './stopwatch';
import type { Target } from './target';

export interface RunOptions {
  /** Who asked. */
  readonly client?: Client;
  /** How long the work goes on without a follower, in milliseconds. Default 0: it stops with the last one. */
  readonly graceMs?: number;
  /** Whether its last frame says nothing by which its model could be told: no timings, usage, seed or parameters. Default no. */
  readonly isVeiled?: boolean;
}

export type RunState = 'idle' | 'running' | 'ended';

/**
 * One answer being made: owns the work at the source, the numbering of its frames and the one end frame.
 * It starts with its first follower and stops with its last; the `RunRegistry` keeps it for those who come back. Its
 * source waits while everyone who follows is far behind.
 */
export class Run {
  readonly id = freshBytes(9).toString('hex');

  private readonly abort = new AbortController();
  private readonly log = new FrameLog();
  private readonly followers = new Followers(() => this.abandon());
  private readonly phases = new PhaseReports();
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
  private last: EndFrame | undefined;
  private lastFault: Fault | undefined;
  private cached: number | undefined;
  /** Of tokens whose text is still to come. */
  private logprobs: TokenLogprob[] = [];
  private grace: NodeJS.Timeout | undefined;

  constructor(
    { card, defaults, source }: Target,
    asked: RunRequest,
    private readonly options: RunOptions = {},
  ) {
    const request = completionRequestOf(asked, defaults, options.client?.owner);
    this.modelId = card.id;
    this.seed = request.parameters.seed;
    this.task = { source, request };
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
    return this.isRunning && this.phases.isQueued && !this.stopwatch.hasTicked;
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
    const following = this.followers.add(onNews);
    clearTimeout(this.grace);
    if (this.state === 'idle') void this.work();
    return following;
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
          phase: (phase, detail) => {
            const news = this.phases.newsIn({ token: '', done: false, phase, ...detail });
            if (news) this.add(news);
          },
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
          hold: (flow) => this.followers.pace(flow),
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

  private add(frame: StreamFrame): void {
    if (this.hasEnded) return;
    this.log.add(frame, 'phase' in frame ? undefined : this.takeLogprobs());
    this.followers.tell();
  }

  private takeLogprobs(): readonly TokenLogprob[] {
    const { logprobs } = this;
    if (logprobs.length > 0) this.logprobs = [];
    return logprobs;
  }

  private end(ending: RunEnd): void {
    clearTimeout(this.grace);
    const frame = endFrameOf(ending, this.stopwatch.read(ending.end), this.seed);
    this.log.add(this.options.isVeiled ? veiled(frame) : frame, this.takeLogprobs());
    this.last = frame;
    this.cached = ending.end?.cachedTokens;
    this.lastFault = ending.fault;
    this.task = undefined;
    this.followers.pace(undefined);
    this.state = 'ended';
    this.changedAtMs = performance.now();
    this.followers.tell();
    this.isOver();
  }
}
