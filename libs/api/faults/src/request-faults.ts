import { Fault } from './fault';

// What is said to a client about its request, whoever finds it out. The API's description shows the same.

const SHOWN_CHARACTERS = 100;
/** How many known ids are named before it is said how many more there are. */
const NAMED_IDS = 20;

export const invalidJson = (): Fault => new Fault('invalid_json', 'The request body is not valid JSON. Send one JSON object, encoded as UTF-8.');

export function unknownField(path: string): Fault {
  const field = path.slice(0, SHOWN_CHARACTERS);
  return new Fault('unknown_field', `The field "${field}" is not known here. Remove it; /api/docs lists the fields.`, { param: field });
}

export const noJsonType = (): Fault => new Fault('unsupported_media_type', 'The request body must be sent as Content-Type: application/json.');

/** @param types what the address takes */
export const noFileType = (types: readonly string[]): Fault =>
  new Fault('unsupported_media_type', `The file must be sent with one of these as its Content-Type: ${types.join(', ')}.`);

/** @param bytes what the address takes */
export function bodyTooLarge(bytes: number): Fault {
  const size = bytes >= 1024 * 1024 ? `${bytes / (1024 * 1024)} MiB` : `${bytes / 1024} KiB`;
  return new Fault(
    'payload_too_large',
    `The request body is larger than ${bytes} bytes (${size}), which is what this address takes, measured after decompression.`,
  );
}

export const headTooLarge = (kib: number, headers: number): Fault =>
  new Fault(
    'headers_too_large',
    `The address and headers of a request may take ${kib} KiB together, in ${headers} headers. A long prompt belongs into the body of POST /stream.`,
  );

export const requestTooSlow = (): Fault => new Fault('request_timeout', 'The request did not arrive in time. Send it again as a whole.', { retryable: true });

export const tokenNeeded = (): Fault =>
  new Fault('unauthorized', 'This server needs an access token: send it as "Authorization: Bearer", or sign in on the page.');

export const adminTokenNeeded = (): Fault =>
  new Fault('unauthorized', 'This needs the admin token: send "Authorization: Bearer" with the value of ADMIN_TOKEN.');

export const operatorNeeded = (): Fault =>
  new Fault('forbidden', 'Only whoever runs this server may do this: set ADMIN_TOKEN and send it, or ask from the machine that Tandem runs on.');

export const foreignPage = (): Fault => new Fault('forbidden', 'A page of another site may not use this server. Name its origin in CORS_ORIGINS if it should.');

export function unknownHost(host: string): Fault {
  return new Fault('misdirected_request', `This server does not answer for the host "${host}". If it should, name that host in ALLOWED_HOSTS.`, {
    param: 'Host',
  });
}

/** @param asked as Nest says it: `Cannot GET /api/modles` */
export const nothingThere = (asked: string, cause?: unknown): Fault =>
  new Fault('not_found', `There is nothing at this address (${asked}). The API is described at /api/docs.`, { cause });

export const otherMethod = (method: string, taken: string): Fault =>
  new Fault('method_not_allowed', `This address does not take ${method}. It takes ${taken}; the API is described at /api/docs.`);

export function tooManyRequests(perMinute: number, retryAfterSeconds: number): Fault {
  const message = `More than ${perMinute} requests came from this client within a minute. Wait, then send it again.`;
  return new Fault('rate_limited', message, { retryable: true, retryAfterSeconds });
}

/** @param ids of all models that there are */
export function unknownModel(model: string, ids: readonly string[], param = 'model'): Fault {
  const asked = JSON.stringify(model.length > SHOWN_CHARACTERS ? `${model.slice(0, SHOWN_CHARACTERS)}…` : model);
  const named = ids.slice(0, NAMED_IDS).join(', ') + (ids.length > NAMED_IDS ? `, and ${ids.length - NAMED_IDS} more` : '');
  const known = ids.length === 0 ? 'No model is configured.' : `Known models: ${named}.`;
  return new Fault('model_not_found', `No model has the id, name or endpoint ${asked}. ${known}`, { param });
}

export const unknownStream = (): Fault =>
  new Fault('stream_not_found', 'No stream has this id. Streams are kept for 5 minutes after they end; send the prompt again.', { param: 'stream_id' });

/**
 * @param reason a sentence without its capital and its full stop
 * @param retryAfterSeconds when it is tried again
 */
export const storeUnavailable = (reason: string, retryAfterSeconds: number): Fault =>
  new Fault('store_unavailable', `Nothing can be kept or read here now: ${reason}.`, { retryable: true, retryAfterSeconds });

/** What is there can be read. The parameters are those of `storeUnavailable`. */
export const storeFull = (reason: string, retryAfterSeconds: number): Fault =>
  new Fault('store_unavailable', `Nothing more can be kept now: ${reason}.`, { retryable: true, retryAfterSeconds });

/** @param what is not there: `comparison` */
export const nothingKept = (what: string, param = 'id'): Fault =>
  new Fault('not_found', `No ${what} has this id. It may have been deleted, or have grown too old.`, { param });

/** @param reason a sentence */
export const scoringUnsupported = (reason: string, param = 'model'): Fault =>
  new Fault(
    'scoring_unsupported',
    `${reason} Local models can be scored, and models at vLLM, SGLang, TGI and llama-server, or at a server that tells a prompt again with its log-probabilities (echo).`,
    { param },
  );

export const serverRestarting = (): Fault =>
  new Fault('server_restarting', 'The server is restarting. Send the prompt again in a moment.', { retryable: true });
