import { Fault, hasTooManyRequests, isLeftToRest } from '@tandem/api/faults';
import type { FaultCode } from '@tandem/shared/contracts';
import { CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker';

/** Failures that say something about the server, not about the one request. */
const SERVERS_OWN: ReadonlySet<FaultCode> = new Set(['upstream_unreachable', 'upstream_timeout', 'upstream_idle', 'upstream_error', 'upstream_incomplete']);

export type ConfidenceOptions = CircuitBreakerOptions;

const DEFAULTS: ConfidenceOptions = { failures: 5, restMs: 5_000 };

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
  private readonly breaker: CircuitBreaker;
  private pausedUntilMs = Number.NEGATIVE_INFINITY;
  private lastFault: Fault | undefined;
  private refusal: Fault | undefined;

  constructor(
    private readonly host: string,
    options: Partial<ConfidenceOptions> = {},
    /** Hears of everything that makes another look at the server worth while. */
    private readonly onDoubt: () => void = () => undefined,
  ) {
    this.breaker = new CircuitBreaker({ ...DEFAULTS, ...options });
  }

  /** What is wrong; null where nothing is. */
  get trouble(): Trouble | null {
    if (this.refusal !== undefined) return { cause: 'key_refused', fault: this.refusal };
    if (this.breaker.isClosed || this.lastFault === undefined) return null;
    return { cause: 'answers_fail', fault: this.lastFault };
  }

  /** @throws Fault where nothing should be asked now */
  check(): void {
    const pause = Math.ceil((this.pausedUntilMs - performance.now()) / 1000);
    if (pause > 0) {
      throw new Fault('upstream_rate_limited', hasTooManyRequests(this.host, pause), { retryable: true, retryAfterSeconds: pause });
    }
    if (!this.breaker.lets) throw this.lost();
  }

  /** Runs one attempt and draws the conclusions. @throws Fault the attempt's, or one for not being made */
  async try<T>(make: () => Attempt<T>): Promise<T> {
    this.check();
    const attempt = make();
    const isTrial = this.breaker.enter();
    void attempt.firstWord.then(() => this.trust());
    try {
      // A trial need not last as long as its answer: the first word is proof enough.
      await (isTrial ? Promise.race([attempt.firstWord, attempt.result]) : attempt.result);
      // one that was stopped before the server said anything has proved nothing
      if (!attempt.isUnproved()) this.conclude(isTrial, 'success');
      else if (isTrial) this.conclude(isTrial, 'failure');
    } catch (error) {
      const isServersOwn = error instanceof Fault && SERVERS_OWN.has(error.code);
      // what is wrong with the request alone still proves that the server answers
      if (isServersOwn || isTrial) this.conclude(isTrial, isServersOwn ? 'failure' : 'success');
      if (error instanceof Fault) this.heed(error);
    }
    void attempt.result.then(
      () => attempt.isUnproved() || this.trust(),
      () => undefined,
    );
    return attempt.result;
  }

  private conclude(isTrial: boolean, outcome: 'success' | 'failure'): void {
    this.breaker.leave(isTrial, outcome);
    if (isTrial && this.breaker.isClosed) this.onDoubt();
  }

  private heed(fault: Fault): void {
    const { code, retryAfterSeconds = 0 } = fault;
    if (code === 'upstream_rate_limited') this.pausedUntilMs = performance.now() + retryAfterSeconds * 1000;
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
    const seconds = Math.max(1, Math.ceil(this.breaker.restMs / 1000));
    return new Fault('upstream_error', isLeftToRest(this.host), { retryable: true, retryAfterSeconds: seconds });
  }
}
