import { Fault } from '@tandem/api/platform';
import type { FaultCode } from '@tandem/shared/contracts';
import { circuitBreaker, CircuitState, ConsecutiveBreaker, ExponentialBackoff, handleWhen } from 'cockatiel';

/** Failures that say something about the server, not about the one request. */
const SERVERS_OWN: ReadonlySet<FaultCode> = new Set([
  'upstream_unreachable',
  'upstream_timeout',
  'upstream_idle',
  'upstream_error',
  'upstream_incomplete',
]);

export interface ConfidenceOptions {
  /** After how many failures in a row it is lost. */
  readonly failures: number;
  /** How long nothing is asked then, in milliseconds; doubled with each trial that fails, up to a minute. */
  readonly restMs: number;
}

const DEFAULTS: ConfidenceOptions = { failures: 5, restMs: 5_000 };
const LONGEST_REST_MS = 60_000;

/** A trial that was stopped before the server said anything has proved nothing. */
const UNPROVED = new Error('Stopped before the server said anything.');

/** Outside a trial it is neither good news nor bad. */
const STOPPED = new Error('Stopped.');

/** What is wrong with a model's answers, whatever its health route says. */
export interface Trouble {
  readonly cause: 'answers_fail' | 'key_refused';
  readonly fault: Fault;
}

/** Work that says when the server gave its first word, and whether it was stopped before any. */
export interface Attempt<T> {
  readonly result: Promise<T>;
  readonly firstWord: Promise<unknown>;
  readonly isUnproved: () => boolean;
}

/**
 * Whether one model at a server can be expected to answer. After failures in a row, hanging answers among them whatever
 * the server's health route says, nothing is asked for a while; then a single request is the trial. Also keeps the
 * pause that a server asked for when it had too many requests. Holds no timers.
 */
export class Confidence {
  private readonly options: ConfidenceOptions;
  private readonly breaker;
  private pausedUntil = 0;
  private lostAt = 0;
  private lastFault: Fault | undefined;
  private refusal: Fault | undefined;

  constructor(
    private readonly host: string,
    options: Partial<ConfidenceOptions> = {},
    /** Hears of everything that makes another look at the server worth while. */
    private readonly onDoubt: () => void = () => undefined,
  ) {
    this.options = { ...DEFAULTS, ...options };
    const isServersOwn = (error: unknown) => error === UNPROVED || (error instanceof Fault && SERVERS_OWN.has(error.code));
    this.breaker = circuitBreaker(handleWhen(isServersOwn), {
      breaker: new ConsecutiveBreaker(this.options.failures),
      halfOpenAfter: new ExponentialBackoff({
        initialDelay: this.options.restMs,
        maxDelay: Math.max(LONGEST_REST_MS, this.options.restMs),
      }),
    });
    this.breaker.onBreak(() => (this.lostAt = Date.now()));
    this.breaker.onReset(() => this.onDoubt());
  }

  /** What is wrong; null where nothing is. */
  get trouble(): Trouble | null {
    if (this.refusal !== undefined) return { cause: 'key_refused', fault: this.refusal };
    if (this.breaker.state === CircuitState.Closed || this.lastFault === undefined) return null;
    return { cause: 'answers_fail', fault: this.lastFault };
  }

  /** @throws Fault where nothing should be asked now */
  check(): void {
    const pause = Math.ceil((this.pausedUntil - Date.now()) / 1000);
    if (pause > 0) {
      throw new Fault('upstream_rate_limited', `The model server at ${this.host} has too many requests: try again in ${pause} s.`, {
        retryable: true,
        retryAfterSeconds: pause,
      });
    }
    const { state } = this.breaker;
    const isResting = state === CircuitState.Open && Date.now() - this.lostAt < this.options.restMs;
    if (state === CircuitState.HalfOpen || isResting) throw this.lost();
  }

  /** Runs one attempt and draws the conclusions. @throws Fault the attempt's, or one for not being made */
  async try<T>(make: () => Attempt<T>): Promise<T> {
    this.check();
    const isTrial = this.breaker.state !== CircuitState.Closed;
    let attempt: Attempt<T> | undefined;
    try {
      await this.breaker.execute(async () => {
        attempt = make();
        void attempt.firstWord.then(() => this.trust());
        // A trial need not last as long as its answer: the first word is proof enough.
        await (isTrial ? Promise.race([attempt.firstWord, attempt.result]) : attempt.result);
        if (attempt.isUnproved()) throw isTrial ? UNPROVED : STOPPED;
      });
    } catch (error) {
      if (attempt === undefined) throw this.lost();
      if (error instanceof Fault) this.heed(error);
    }
    const { result } = attempt as unknown as Attempt<T>;
    void result.then(() => attempt?.isUnproved() || this.trust(), () => undefined);
    return result;
  }

  private heed(fault: Fault): void {
    const { code, retryAfterSeconds = 0 } = fault;
    if (code === 'upstream_rate_limited') this.pausedUntil = Date.now() + retryAfterSeconds * 1000;
    if (code === 'upstream_auth') this.refusal = fault;
    if (SERVERS_OWN.has(code)) this.lastFault = fault;
    if (code === 'upstream_auth' || SERVERS_OWN.has(code)) this.onDoubt();
  }

  /** Whoever answers takes the key. */
  private trust(): void {
    if (this.refusal === undefined) return;
    this.refusal = undefined;
    this.onDoubt();
  }

  private lost(): Fault {
    const seconds = Math.max(1, Math.ceil((this.lostAt + this.options.restMs - Date.now()) / 1000));
    return new Fault(
      'upstream_error',
      `The model server at ${this.host} failed again and again, so Tandem lets it rest: look into its log, then try again.`,
      { retryable: true, retryAfterSeconds: seconds },
    );
  }
}
