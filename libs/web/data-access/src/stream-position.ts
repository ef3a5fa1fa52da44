/** The last frame of a stream that is there; 0 for none. */
export interface StreamPosition {
  readonly streamId: string;
  readonly number: number;
}

/** Where a stream stands, as it is read. */
export interface StreamCursor {
  readonly streamId: string;
  /** Of the last frame that was handed on. */
  number: number;
  /** When a frame came, or the stream was begun, by a clock that nobody sets: `performance.now()`. */
  heardAtMs: number;
}
