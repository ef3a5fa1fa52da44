/** Of `/api/session`. */
export const SESSION_SCHEMA = {
  type: 'object',
  required: ['status', 'required', 'signed_in'],
  properties: {
    status: { type: 'string', enum: ['success'] },
    required: { type: 'boolean', description: 'Whether this server needs a token', example: true },
    signed_in: { type: 'boolean', description: 'Whether this client may use it', example: true },
  },
};
