/** How long each part of an exchange with a model server may take, in milliseconds. */
export interface Deadlines {
  /** Name look-up, TCP and TLS together. A dead endpoint must be known within 5 s. */
  readonly connectMs: number;
  /** From the request to the answer's headers: a long prompt is read in this time. */
  readonly headersMs: number;
  /** Between two pieces of content; comments and keep-alives do not count. */
  readonly silenceMs: number;
  /** How long nothing may follow after the server gave a reason for the end, where it neither says `[DONE]` nor closes. */
  readonly finishMs: number;
  /** For one whole answer. Infinity: a healthy stream is never cut. */
  readonly totalMs: number;
  /** For a short document: a list of models, the body of an error. */
  readonly documentMs: number;
  /** For any route beside the list of models when a server is checked: a slow one must not use up the time of the check. */
  readonly asideMs: number;
}

export const DEFAULT_DEADLINES: Deadlines = {
  connectMs: 3_000,
  headersMs: 60_000,
  silenceMs: 120_000,
  finishMs: 5_000,
  totalMs: Number.POSITIVE_INFINITY,
  documentMs: 5_000,
  asideMs: 1_000,
};
