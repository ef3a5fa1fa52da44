import type { FaultCode } from '@tandem/shared/contracts';
import { Fault } from './fault';
import { diskFull, engineGone, modelQueueFull, promptTooLong, stillAnswering, unloadedMeanwhile } from './local-faults';
import {
  bodyTooLarge,
  foreignPage,
  headTooLarge,
  invalidJson,
  noJsonType,
  nothingThere,
  otherMethod,
  requestTooSlow,
  serverRestarting,
  storeUnavailable,
  tokenNeeded,
  tooManyRequests,
  unknownField,
  unknownHost,
  unknownModel,
  unknownStream,
} from './request-faults';
import {
  brokeOff,
  didNotAccept,
  fellSilent,
  hasTooManyRequests,
  isLeftToRest,
  nothingListens,
  redirects,
  silentOnPrompts,
  slowToBegin,
  tooLargeEvent,
  wantsKey,
} from './server-tellings';

const SERVER = 'localhost:8000';
const MB = 1024 * 1024;

export interface FaultExample {
  /** When it comes. */
  readonly when: string;
  /** As a client gets it. */
  readonly example: Fault;
}

/** What the API's description says of every fault. */
export const FAULT_EXAMPLES: Readonly<Record<FaultCode, FaultExample>> = {
  invalid_json: { when: 'The body is no JSON object', example: invalidJson() },
  invalid_request: {
    when: 'A field is missing or out of its range, and `param` names it; or the request is malformed',
    example: new Fault('invalid_request', 'temperature: must be a number from 0 to 2.', { param: 'temperature' }),
  },
  unknown_field: { when: 'A field is not known here, and `param` names it', example: unknownField('temprature') },
  context_length_exceeded: {
    when: 'The prompt is longer than what the model can read',
    example: promptTooLong(3014, 1024),
  },
  unauthorized: { when: 'The token is missing or wrong', example: tokenNeeded() },
  forbidden: { when: 'A page of another site sent this, or it is for whoever runs the server alone', example: foreignPage() },
  not_found: { when: 'There is nothing at this address', example: nothingThere('Cannot GET /api/modles') },
  misdirected_request: { when: 'The request names a host that is not this server', example: unknownHost('tandem.example.com') },
  method_not_allowed: { when: 'The address does not take this method', example: otherMethod('PUT', 'GET, HEAD') },
  model_not_found: { when: 'No model has this id, name or endpoint', example: unknownModel('gpt', ['tandem-tiny-base', 'tandem-tiny-chat']) },
  stream_not_found: { when: 'No stream has this id, or it ended more than 5 minutes ago', example: unknownStream() },
  request_timeout: { when: 'The request did not arrive within 60 s', example: requestTooSlow() },
  conflict: {
    when: 'The model is in another state, a model server answers for it, or the configuration comes from elsewhere',
    example: stillAnswering('sft/tandem-tiny-chat.gguf', 1),
  },
  scoring_unsupported: {
    when: 'The model cannot tell how likely a text is',
    example: silentOnPrompts(SERVER),
  },
  payload_too_large: {
    when: 'The body is larger than this address takes, or grows more than a hundredfold after decompression',
    example: bodyTooLarge(8 * 1024 * 1024),
  },
  unsupported_media_type: { when: 'The body is not sent as `application/json` in UTF-8', example: noJsonType() },
  headers_too_large: { when: 'Address and headers take more than 16 KiB', example: headTooLarge(16, 256) },
  rate_limited: { when: 'This client asks more than it may', example: tooManyRequests(600, 60) },
  model_invalid: {
    when: 'The model file cannot be loaded',
    example: new Fault('model_invalid', 'This is not a usable GGUF file: it is only 5 bytes long.', { param: 'model' }),
  },
  insufficient_memory: {
    when: 'The model does not fit into the memory',
    example: new Fault('insufficient_memory', 'sft/large.gguf needs about 9000 MB of memory, and 4000 MB can be had for it.', { param: 'model' }),
  },
  disk_full: {
    when: 'There is no room on the disk for the conversion of a checkpoint',
    example: diskFull('sft/best.pt', 260 * MB, 40 * MB),
  },
  model_unloaded: {
    when: 'The model was unloaded while it was needed',
    example: unloadedMeanwhile('sft/tandem-tiny-chat.gguf'),
  },
  local_model_crashed: {
    when: 'The process that answers for local models ended',
    example: engineGone('it was ended by SIGSEGV'),
  },
  local_inference_unavailable: {
    when: 'llama.cpp cannot be used on this machine',
    example: new Fault('local_inference_unavailable', 'Local models cannot be used here: llama.cpp has no binary for this machine.'),
  },
  upstream_unreachable: {
    when: 'Nothing listens where the model server should be',
    example: new Fault('upstream_unreachable', nothingListens(SERVER), { retryable: true }),
  },
  upstream_timeout: {
    when: 'The model server did not begin to answer in time',
    example: new Fault('upstream_timeout', slowToBegin(SERVER), { retryable: true }),
  },
  upstream_idle: {
    when: 'The model server fell silent',
    example: new Fault('upstream_idle', fellSilent(SERVER, 60), { retryable: true }),
  },
  upstream_auth: {
    when: 'The model server does not take the configured key',
    example: new Fault('upstream_auth', wantsKey(SERVER, 401)),
  },
  upstream_redirect: {
    when: 'The model server redirects, which is never followed',
    example: new Fault('upstream_redirect', redirects(SERVER, 301)),
  },
  upstream_rate_limited: {
    when: 'The model server has too many requests',
    example: new Fault('upstream_rate_limited', hasTooManyRequests(SERVER, 5), { retryable: true }),
  },
  upstream_rejected: {
    when: 'The model server does not take the request',
    example: new Fault('upstream_rejected', didNotAccept(SERVER, 400)),
  },
  upstream_bad_response: {
    when: 'The model server answers with what is no answer',
    example: new Fault('upstream_bad_response', tooLargeEvent(SERVER)),
  },
  upstream_error: {
    when: 'The model server failed',
    example: new Fault('upstream_error', isLeftToRest(SERVER), { retryable: true }),
  },
  upstream_incomplete: {
    when: 'The answer stopped before the model server said that it was complete',
    example: new Fault('upstream_incomplete', brokeOff(SERVER), { retryable: true }),
  },
  queue_full: {
    when: 'The model has as many requests as it takes',
    example: modelQueueFull(8),
  },
  server_restarting: { when: 'The server is shutting down', example: serverRestarting() },
  no_config: {
    when: 'No source of the configuration can be reached',
    example: new Fault('no_config', 'There is no configuration yet: s3://models/config.json cannot be reached. It is asked for again.', { retryable: true }),
  },
  store_unavailable: {
    when: 'The database cannot be used: its folder cannot be written to, its disk is full, its file is damaged, another server has it, or it cannot be reached',
    example: storeUnavailable('.tandem cannot be written to (EACCES): let the user that Tandem runs as write there, or set DATA_DIR to another folder', 5),
  },
  internal_error: { when: 'Something went wrong inside Tandem', example: Fault.from(undefined) },
};
