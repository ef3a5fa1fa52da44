/**
 * Every way a request or a stream can fail, as data: the codes that clients may branch on.
 * The closed list is the contract; sentences for people are written where a fault is raised.
 */
export const FAULT_CODES = [
  // the request
  'invalid_json',
  'invalid_request',
  'unknown_field',
  'context_length_exceeded',
  'unauthorized',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'misdirected_request',
  'model_not_found',
  'stream_not_found',
  'request_timeout',
  'conflict',
  'scoring_unsupported',
  'payload_too_large',
  'unsupported_media_type',
  'headers_too_large',
  'rate_limited',
  // a local checkpoint
  'model_invalid',
  'insufficient_memory',
  'disk_full',
  'model_unloaded',
  'local_model_crashed',
  'local_inference_unavailable',
  // a model server
  'upstream_unreachable',
  'upstream_timeout',
  'upstream_idle',
  'upstream_auth',
  'upstream_redirect',
  'upstream_rate_limited',
  'upstream_rejected',
  'upstream_bad_response',
  'upstream_error',
  'upstream_incomplete',
  // this server
  'queue_full',
  'server_restarting',
  'no_config',
  'store_unavailable',
  'internal_error',
] as const;

export type FaultCode = (typeof FAULT_CODES)[number];

/** A failure inside a stream: the `error` of its last frame. */
export interface FrameError {
  readonly code: FaultCode;
  /** One clear sentence: what, why, what to do. */
  readonly message: string;
  /** Whether the same request may succeed when sent again. */
  readonly retryable: boolean;
}

/** The body of every failed HTTP response. */
export interface ErrorBody {
  readonly status: 'error';
  readonly error: FrameError & {
    /** The request field at fault, where there is one. */
    readonly param?: string;
    /** Of a file: the line that is at fault, from 1, and its field. */
    readonly line?: number;
    readonly field?: string;
    readonly request_id: string;
  };
}
