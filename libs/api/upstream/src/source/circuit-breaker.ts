export interface CircuitBreakerOptions {
  /** After how many failures in a row it opens. */
  readonly failures: number;
  /** How long nothing is let through then, in milliseconds; doubled with each trial that fails, up to a minute. */
  readonly restMs: number;
}

const LONGEST_REST_MS = 60_000;

type State =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly untilMs: number; readonly restMs: number }
  /** Open, with one trial under way. */
  | { readonly kind: 'half-open'; readonly restMs: number };

/**
 * Lets nothing through for a while after failures in a row, then a single trial. Goes by a clock that does not jump when
 * the machine's is set. Holds no timers.
 */
export class CircuitBreaker {
  private state: State = { kind: 'closed', failures: 0 };

  constructor(
    private readonly options: CircuitBreakerOptions,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get isClosed(): boolean {
    return this.state.kind === 'closed';
  }

  /** Whether the next one would be let through, as the trial or as any other. */
  get lets(): boolean {
    return this.state.kind === 'closed' || (this.state.kind === 'open' && this.restMs === 0);
  }

  /** How long until a trial is let through; 0 where nothing rests. */
  get restMs(): number {
    return this.state.kind === 'open' ? Math.max(0, this.state.untilMs - this.now()) : 0;
  }

  /** One that it lets goes through; whether it is the trial. */
  enter(): boolean {
    if (this.state.kind !== 'open') return false;
    this.state = { kind: 'half-open', restMs: this.state.restMs };
    return true;
  }

  /** How one ended that went through. Those that began before it opened say nothing any more. */
  leave(isTrial: boolean, outcome: 'success' | 'failure'): void {
    const { state, options } = this;
    if (isTrial && state.kind === 'half-open') {
      if (outcome === 'success') this.state = { kind: 'closed', failures: 0 };
      else this.open(Math.min(2 * state.restMs, Math.max(LONGEST_REST_MS, options.restMs)));
    } else if (!isTrial && state.kind === 'closed') {
      const failures = outcome === 'success' ? 0 : state.failures + 1;
      if (failures < options.failures) this.state = { kind: 'closed', failures };
      else this.open(options.restMs);
    }
  }

  private open(restMs: number): void {
    this.state = { kind: 'open', untilMs: this.now() + restMs, restMs };
  }
}
