export type HealthState = 'healthy' | 'degraded' | 'loading' | 'unhealthy' | 'unknown';

/** What is wrong with a model that is not healthy, for clients that say it in words of their own. */
export const HEALTH_CAUSES = [
  // no answer
  'silent',
  'unreachable',
  // an answer that says no
  'key_missing',
  'key_refused',
  'wrong_model',
  'too_busy',
  'reports_failure',
  'wrong_address',
  // healthy by its own word alone
  'answers_fail',
  // a file on this machine
  'unusable_file',
] as const;

export type HealthCause = (typeof HEALTH_CAUSES)[number];

/** What a model server itself says it serves, or what a checkpoint's header says. Null where it does not say. */
export interface ModelIdentity {
  readonly model: string;
  /** Which software it is. */
  readonly server: string | null;
  readonly version: string | null;
  /** In tokens, as it runs. */
  readonly context_length: number | null;
  /** What a LoRA lies over, or the files it is made of. */
  readonly base: string | null;
}

/** What is known of a model's health, and since when. */
export interface HealthReport {
  readonly status: HealthState;
  /** Whether a prompt can be expected to be answered now. */
  readonly healthy: boolean;
  /** The model's id. */
  readonly model: string;
  readonly endpoint: string;
  /** How long the check took; null when none was made. */
  readonly latency_ms: number | null;
  /** ISO 8601 UTC; null when it was never checked. */
  readonly checked_at: string | null;
  /** Null for what is well, loads or says nothing of itself. */
  readonly cause: HealthCause | null;
  /** When its server last answered a check, whatever it said, as ISO 8601 UTC; null when it has not since the start. */
  readonly last_answer_at: string | null;
  /** What was found. */
  readonly detail: string;
  /** What to do about it; empty when nothing is needed. */
  readonly hint: string;
  /** As of the last check that it answered; null before, and where it does not say. */
  readonly identity: ModelIdentity | null;
}

/** What one check of a model found; who asked adds the model, the time and how long it took. */
export type HealthFinding = Pick<HealthReport, 'status' | 'detail' | 'hint'> & Partial<Pick<HealthReport, 'cause' | 'identity'>>;

export interface HealthListBody {
  readonly status: 'success';
  readonly models: readonly HealthReport[];
  readonly count: number;
}

/** Body of `POST /api/config/models/test`: how a model is that is not configured. */
export interface ModelTestBody extends Pick<HealthReport, 'healthy' | 'latency_ms' | 'cause' | 'detail' | 'hint' | 'identity'> {
  readonly status: 'success';
  readonly health: HealthState;
}
