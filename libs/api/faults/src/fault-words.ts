import type { FaultCode } from '@tandem/shared/contracts';

export interface FaultWords {
  /** When it comes. */
  readonly when: string;
  /** A sentence as a client gets it. */
  readonly message: string;
  readonly param?: string;
  readonly retryable?: boolean;
}

/** What the document says of every fault. */
export const FAULT_WORDS: Readonly<Record<FaultCode, FaultWords>> = {
  invalid_json: { when: 'The body is no JSON object', message: 'The request body is not valid JSON. Send one JSON object, encoded as UTF-8.' },
  invalid_request: {
    when: 'A field is missing or out of its range, and `param` names it; or the request is malformed',
    message: 'temperature: must be a number from 0 to 2.',
    param: 'temperature',
  },
  unknown_field: {
    when: 'A field is not known here, and `param` names it',
    message: 'The field "temprature" is not known here. Remove it; /api/docs lists the fields.',
    param: 'temprature',
  },
  context_length_exceeded: {
    when: 'The prompt is longer than what the model can read',
    message: "The prompt is 3014 tokens long, and this model's context holds 1024, the answer included. Shorten it.",
  },
  unauthorized: {
    when: 'The token is missing or wrong',
    message: 'This server needs an access token: send it as "Authorization: Bearer", or sign in on the page.',
  },
  forbidden: {
    when: 'A page of another site sent this',
    message: 'A page of another site may not use this server. Name its origin in CORS_ORIGINS if it should.',
  },
  not_found: {
    when: 'There is nothing at this address',
    message: 'There is nothing at this address (Cannot GET /api/modles). The API is described at /api/docs.',
  },
  misdirected_request: {
    when: 'The request names a host that is not this server',
    message: 'This server does not answer for the host "tandem.example.com". If it should, name that host in ALLOWED_HOSTS.',
    param: 'Host',
  },
  method_not_allowed: { when: 'The address does not take this method', message: 'This address does not take PUT.' },
  model_not_found: {
    when: 'No model has this id, name or endpoint',
    message: 'No model has the id, name or endpoint "gpt". Known models: tandem-tiny-base, tandem-tiny-chat.',
    param: 'model',
  },
  stream_not_found: {
    when: 'No stream has this id, or it ended more than 5 minutes ago',
    message: 'No stream has this id. Streams are kept for 5 minutes after they end; send the prompt again.',
    param: 'stream_id',
  },
  request_timeout: {
    when: 'The request did not arrive within 60 s',
    message: 'The request did not arrive in time. Send it again as a whole.',
    retryable: true,
  },
  conflict: {
    when: 'The model is in another state, or a model server answers for it',
    message: 'sft/tandem-tiny-chat.gguf is answering 1 request(s). Wait, or unload it with force.',
  },
  payload_too_large: {
    when: 'The body is larger than this address takes, or grows more than a hundredfold after decompression',
    message: 'The request body is larger than 8388608 bytes (8 MiB), which is what this address takes, measured after decompression.',
  },
  unsupported_media_type: {
    when: 'The body is not sent as `application/json` in UTF-8',
    message: 'The request body must be sent as Content-Type: application/json.',
  },
  headers_too_large: {
    when: 'Address and headers take more than 16 KiB',
    message: 'The address and headers of a request may take 16 KiB together, in 256 headers. A long prompt belongs into the body of POST /stream.',
  },
  rate_limited: {
    when: 'This client asks more than it may',
    message: 'More than 600 requests came from this client within a minute. Wait, then send it again.',
    retryable: true,
  },
  model_invalid: { when: 'The model file cannot be loaded', message: 'This is not a usable GGUF file: it is only 5 bytes long.', param: 'model' },
  insufficient_memory: {
    when: 'The model does not fit into the memory',
    message: 'sft/large.gguf needs about 9000 MB of memory, and 4000 MB can be had for it.',
    param: 'model',
  },
  disk_full: {
    when: 'There is no room on the disk for the conversion of a checkpoint',
    message: 'Converting sft/best.pt takes 260 MB of disk, and 40 MB can be had. Make room, or set CONVERTED_DIR to a folder on another disk.',
    retryable: true,
  },
  model_unloaded: {
    when: 'The model was unloaded while it was needed',
    message: 'sft/tandem-tiny-chat.gguf was unloaded while it was needed. Send the request again.',
    retryable: true,
  },
  local_model_crashed: {
    when: 'The process that answers for local models ended',
    message: 'The process that runs local models is gone: it was ended by SIGSEGV. It restarts by itself; try again.',
    retryable: true,
  },
  local_inference_unavailable: {
    when: 'llama.cpp cannot be used on this machine',
    message: 'Local models cannot be used here: llama.cpp has no binary for this machine.',
  },
  upstream_unreachable: {
    when: 'Nothing listens where the model server should be',
    message: 'Nothing listens at localhost:8000: start the model server, or correct the endpoint.',
    retryable: true,
  },
  upstream_timeout: {
    when: 'The model server did not begin to answer in time',
    message: 'The model server at localhost:8000 accepted the request but did not begin to answer in time: it may be overloaded.',
    retryable: true,
  },
  upstream_idle: {
    when: 'The model server fell silent',
    message: 'The model server at localhost:8000 fell silent for 60 s in its answer: it may be overloaded or stuck.',
    retryable: true,
  },
  upstream_auth: {
    when: 'The model server does not take the configured key',
    message: "The model server at localhost:8000 wants a key (HTTP 401): set API_KEY, or name a variable in the model's api_key_env.",
  },
  upstream_redirect: {
    when: 'The model server redirects, which is never followed',
    message: 'The model server at localhost:8000 redirects (HTTP 301), which Tandem does not follow: put the final address into the configuration.',
  },
  upstream_rate_limited: {
    when: 'The model server has too many requests',
    message: 'The model server at localhost:8000 has too many requests: try again in 5 s.',
    retryable: true,
  },
  upstream_rejected: {
    when: 'The model server does not take the request',
    message: 'The model server at localhost:8000 did not accept the request (HTTP 400): check model, parameters and protocol.',
  },
  upstream_bad_response: {
    when: 'The model server answers with what is no answer',
    message: 'An event of the model server at localhost:8000 is larger than Tandem takes.',
  },
  upstream_error: {
    when: 'The model server failed',
    message: 'The model server at localhost:8000 failed again and again, so Tandem lets it rest: look into its log, then try again.',
    retryable: true,
  },
  upstream_incomplete: {
    when: 'The answer stopped before the model server said that it was complete',
    message: 'The model server at localhost:8000 ended its answer before it said that it was complete: what came is kept, try again.',
    retryable: true,
  },
  queue_full: {
    when: 'The model has as many requests as it takes',
    message: 'This model has 8 requests to answer already, and no room for more. Try again in a few seconds.',
    retryable: true,
  },
  server_restarting: { when: 'The server is shutting down', message: 'The server is restarting. Send the prompt again in a moment.', retryable: true },
  no_config: {
    when: 'No source of the configuration can be reached',
    message: 'There is no configuration yet: s3://models/config.json cannot be reached. It is asked for again.',
    retryable: true,
  },
  internal_error: { when: 'Something went wrong inside Tandem', message: 'Something went wrong inside Tandem. The log has the details under this request id.' },
};
