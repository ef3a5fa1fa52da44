/** `GET`, `POST` and `DELETE /api/session`. */
export interface SessionBody {
  readonly status: 'success';
  /** Whether this server needs a token. */
  readonly required: boolean;
  /** Whether this client may use it. */
  readonly signed_in: boolean;
}
