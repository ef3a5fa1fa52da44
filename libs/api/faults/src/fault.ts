import type { FaultCode, FrameError } from '@tandem/shared/contracts';
import { sentenceOf, type Told } from './told';

const STATUS: Record<FaultCode, number> = {
  invalid_json: 400,
  invalid_request: 400,
  unknown_field: 400,
  context_length_exceeded: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  model_not_found: 404,
  stream_not_found: 404,
  request_timeout: 408,
  conflict: 409,
  scoring_unsupported: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  misdirected_request: 421,
  headers_too_large: 431,
  rate_limited: 429,
  model_invalid: 422,
  insufficient_memory: 422,
  model_unloaded: 409,
  disk_full: 503,
  local_model_crashed: 502,
  local_inference_unavailable: 503,
  upstream_unreachable: 502,
  upstream_timeout: 504,
  upstream_idle: 504,
  upstream_auth: 502,
  upstream_redirect: 502,
  upstream_rate_limited: 429,
  upstream_rejected: 502,
  upstream_bad_response: 502,
  upstream_error: 502,
  upstream_incomplete: 502,
  queue_full: 503,
  server_restarting: 503,
  no_config: 503,
  store_unavailable: 503,
  internal_error: 500,
};

/** A place in a file that a request brought. */
export interface FilePlace {
  /** From 1. */
  readonly line?: number;
  readonly field?: string;
}

export interface FaultOptions {
  /** Whether the same request may succeed when sent again. Default: no. */
  readonly retryable?: boolean;
  /** The request field at fault. */
  readonly param?: string;
  /** Where it is, in a file that was sent. */
  readonly place?: FilePlace;
  /** Seconds after which trying again makes sense; sent as `Retry-After`. Default for 429 and 503: 1. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * A failure that may cross the border: a code of the contract and one sentence for a person, which is made of its parts
 * here and never taken apart again. It never holds prompt text, a key, or a model server's whole answer.
 */
export class Fault extends Error {
  readonly retryable: boolean;
  /** The parts of its sentence, where they are known apart. */
  readonly told: Told | undefined;
  readonly param: string | undefined;
  readonly place: FilePlace | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: FaultCode,
    sentence: string | Told,
    options: FaultOptions = {},
  ) {
    super(typeof sentence === 'string' ? sentence : sentenceOf(sentence), { cause: options.cause });
    this.name = 'Fault';
    this.told = typeof sentence === 'string' ? undefined : sentence;
    this.retryable = options.retryable ?? false;
    this.param = options.param;
    this.place = options.place;
    this.retryAfterSeconds = options.retryAfterSeconds ?? (this.status === 429 || this.status === 503 ? 1 : undefined);
  }

  /** The HTTP status of an answer that fails this way before its first byte. */
  get status(): number {
    return STATUS[this.code];
  }

  /** The `error` of a stream's last frame. */
  toFrameError(): FrameError {
    return { code: this.code, message: this.message, retryable: this.retryable };
  }

  /** The same, told of another field of the request. */
  inField(param: string): Fault {
    const { code, told, message, retryable, retryAfterSeconds } = this;
    return new Fault(code, told?.field === undefined ? message : { ...told, field: param }, {
      param,
      retryable,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      cause: this,
    });
  }

  /** Whatever was thrown, as a fault; what is not one already becomes `internal_error` without its details. */
  static from(thrown: unknown): Fault {
    if (thrown instanceof Fault) return thrown;
    return new Fault('internal_error', 'Something went wrong inside Tandem. The log has the details under this request id.', {
      cause: thrown,
    });
  }
}
