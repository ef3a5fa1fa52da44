import { flag, oneOf, record } from '@tandem/api/openapi';

/** Of `/api/session`. */
export const SESSION_SCHEMA = record('SessionBody', {
  status: oneOf(['success']),
  required: flag(true, 'Whether this server needs a token'),
  signed_in: flag(true, 'Whether this client may use it'),
});
