import type { StreamEvent } from '@tandem/shared/sse';
import type { Piece } from './dialect';

/** Takes a body's bytes apart; `end` is for a body that ended in good order. */
export interface Decoder {
  push(bytes: Uint8Array): void;
  end(): void;
}

/** What becomes of the events of a body. */
export interface Reading {
  /** What one says: the same of the same, whatever came before. */
  readonly read: (event: StreamEvent) => readonly Piece[];
  readonly take: (pieces: readonly Piece[]) => void;
}
