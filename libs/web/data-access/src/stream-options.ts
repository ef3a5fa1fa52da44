import { type StreamFrame } from '@tandem/shared/contracts';

export interface StreamOptions {
  /** Stops the work at the model: the server is told. */
  readonly signal: AbortSignal;
  /** Called with what one read brought, never with nothing, and the number of the last frame of it. */
  readonly onFrames: (frames: readonly StreamFrame[], last: number) => void;
  /** Called with what the stream can be found by, from any page. */
  readonly onOpened?: (streamId: string) => void;
  /** Called with true when the connection is lost and looked for again, and with false when it is there again. */
  readonly onResuming?: (isResuming: boolean) => void;
}
