import { type RunFault } from '@tandem/web/data-access';

const TITLES: Readonly<Partial<Record<RunFault['code'], string>>> = {
  context_length_exceeded: 'Too long for this model',
  model_not_found: 'Model not found',
  scoring_unsupported: 'Cannot be scored',
  model_invalid: 'The model file cannot be used',
  insufficient_memory: 'Not enough memory',
  disk_full: 'The disk is full',
  local_inference_unavailable: 'Local models cannot run here',
  model_unloaded: 'Unloaded while it answered',
  local_model_crashed: 'The model crashed',
  upstream_unreachable: 'Unreachable',
  upstream_timeout: 'No answer in time',
  upstream_idle: 'Fell silent',
  upstream_auth: 'Access refused',
  upstream_redirect: 'Wrong address',
  upstream_rate_limited: 'Too many requests',
  upstream_rejected: 'Request refused',
  upstream_bad_response: 'Not a model server’s answer',
  upstream_error: 'The model server could not answer',
  upstream_incomplete: 'Broke off',
  rate_limited: 'Too many requests',
  queue_full: 'Too many wait for it',
  server_restarting: 'Tandem restarts',
  store_unavailable: 'Nothing can be kept now',
  server_unreachable: 'Tandem cannot be reached',
  connection_lost: 'Connection lost',
  stream_not_found: 'Connection lost',
};

/** A fault as a heading over its sentence. */
export function nameFault({ code }: RunFault): string {
  return (Object.hasOwn(TITLES, code) ? TITLES[code] : undefined) ?? 'Failed';
}

/** Whether another model may well answer what this one could not. */
export function isModelsOwn({ code, retryable }: RunFault): boolean {
  return !retryable && /^(upstream|model|local|insufficient|disk)_/.test(code);
}
