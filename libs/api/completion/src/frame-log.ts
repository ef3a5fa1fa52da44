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
  /** By the numbers of the frames that have one. */
  private readonly asides = new Map<number, string>();

  constructor(private readonly keptCharacters = KEPT_CHARACTERS) {}

  get lastNumber(): number {
    return this.dropped + this.frames.length;
  }

  get characters(): number {
    return this.size;
  }

  /** `aside`: what belongs to the frame and is not part of it. */
  add(frame: StreamFrame, aside = ''): void {
    const json = JSON.stringify(frame);
    this.frames.push(json);
    if (aside !== '') this.asides.set(this.lastNumber, aside);
    this.size += json.length + aside.length;
    if (this.size > this.keptCharacters) this.dropOldestHalf();
  }

  /** The kept frames whose number is above `number`. */
  after(number: number): readonly NumberedFrame[] {
    const from = Math.max(0, number - this.dropped);
    return this.frames.slice(from).map((json, n) => ({ number: this.dropped + from + n + 1, json }));
  }

  /** How many characters of frames there are after number `number`. */
  charactersAfter(number: number): number {
    let sum = 0;
    for (let at = Math.max(0, number - this.dropped); at < this.frames.length; at++) sum += this.frames[at]?.length ?? 0;
    return sum;
  }

  /** The text of frame `number`, which must be kept. */
  at(number: number): string {
    return this.frames[number - this.dropped - 1] ?? '';
  }

  /** What was put beside frame `number`; empty where nothing was. */
  asideOf(number: number): string {
    return this.asides.get(number) ?? '';
  }

  /** Whether the frame after `number` is still kept (or not made yet). */
  reaches(number: number): boolean {
    return number >= this.dropped;
  }

  private dropOldestHalf(): void {
    const half = this.frames.splice(0, this.frames.length >> 1);
    for (const json of half) {
      this.dropped += 1;
      this.size -= json.length + this.asideOf(this.dropped).length;
      this.asides.delete(this.dropped);
    }
  }
}
