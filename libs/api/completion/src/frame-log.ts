import type { StreamFrame } from '@tandem/shared/contracts';

/** A frame in its place in the stream, numbered from 1, as the JSON that goes on the wire. */
export interface NumberedFrame {
  readonly number: number;
  readonly json: string;
}

/** Characters of frames kept for those who come back; a 32,768-token answer takes about 2 million. */
const KEPT_CHARACTERS = 16_000_000;

/** The frames of one run in order, the oldest dropped once they are too many to keep. */
export class FrameLog {
  /** Without their numbers, which follow from their places: an answer is kept token by token, and there are many. */
  private frames: string[] = [];
  private dropped = 0;
  private size = 0;

  constructor(private readonly keptCharacters = KEPT_CHARACTERS) {}

  get lastNumber(): number {
    return this.dropped + this.frames.length;
  }

  get characters(): number {
    return this.size;
  }

  add(frame: StreamFrame): void {
    const json = JSON.stringify(frame);
    this.frames.push(json);
    this.size += json.length;
    if (this.size > this.keptCharacters) this.dropOldestHalf();
  }

  /** The kept frames whose number is above `number`. */
  after(number: number): readonly NumberedFrame[] {
    const from = Math.max(0, number - this.dropped);
    return this.frames.slice(from).map((json, n) => ({ number: this.dropped + from + n + 1, json }));
  }

  /** The text of frame `number`, which must be kept. */
  at(number: number): string {
    return this.frames[number - this.dropped - 1] ?? '';
  }

  /** Whether the frame after `number` is still kept (or not made yet). */
  reaches(number: number): boolean {
    return number >= this.dropped;
  }

  private dropOldestHalf(): void {
    const half = this.frames.splice(0, this.frames.length >> 1);
    this.dropped += half.length;
    this.size -= half.reduce((sum, json) => sum + json.length, 0);
  }
}
