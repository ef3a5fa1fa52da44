import type { StreamFrame, TokenLogprob } from '@tandem/shared/contracts';

/** A frame in its place in the stream, numbered from 1. */
export interface NumberedFrame {
  readonly number: number;
  readonly frame: StreamFrame;
}

/** Characters of frames kept for those who come back; a 32,768-token answer takes about 2 million. */
const KEPT_CHARACTERS = 16_000_000;
/** What a frame takes beside its text, and what is told of one token, about. */
const FRAME_CHARACTERS = 26;
const LOGPROB_CHARACTERS = 70;

const NONE: readonly TokenLogprob[] = [];

/** The frames of one run in order, the oldest dropped once they are too many to keep. What they are on a wire is nothing to it. */
export class FrameLog {
  /** Without their numbers, which follow from their places, and of a plain token its text alone: there are many. */
  private readonly frames: (StreamFrame | string)[] = [];
  private dropped = 0;
  private size = 0;
  /** How likely the tokens of a frame were, by the numbers of the frames of which that is known. */
  private readonly logprobs = new Map<number, readonly TokenLogprob[]>();

  constructor(private readonly keptCharacters = KEPT_CHARACTERS) {}

  get lastNumber(): number {
    return this.dropped + this.frames.length;
  }

  get characters(): number {
    return this.size;
  }

  add(frame: StreamFrame, logprobs = NONE): void {
    this.frames.push(isPlain(frame) ? frame.token : frame);
    if (logprobs.length > 0) this.logprobs.set(this.lastNumber, logprobs);
    this.size += charactersOf(frame) + charactersOfAll(logprobs);
    if (this.size > this.keptCharacters) this.dropOldestHalf();
  }

  /** The kept frames whose number is above `number`. */
  after(number: number): readonly NumberedFrame[] {
    const from = Math.max(0, number - this.dropped);
    return this.frames.slice(from).map((kept, n) => ({ number: this.dropped + from + n + 1, frame: frameOf(kept) }));
  }

  /** How many characters of frames there are after number `number`, about. */
  charactersAfter(number: number): number {
    let sum = 0;
    for (let at = Math.max(0, number - this.dropped); at < this.frames.length; at++) sum += charactersOf(this.frames[at]);
    return sum;
  }

  /** Frame `number`, which must be kept. */
  at(number: number): StreamFrame {
    const kept = this.frames[number - this.dropped - 1];
    if (kept === undefined) throw new RangeError(`Frame ${number} is not kept.`);
    return frameOf(kept);
  }

  /** How likely the tokens of frame `number` were; none where that is not known. */
  logprobsOf(number: number): readonly TokenLogprob[] {
    return this.logprobs.get(number) ?? NONE;
  }

  /** Whether the frame after `number` is still kept (or not made yet). */
  reaches(number: number): boolean {
    return number >= this.dropped;
  }

  private dropOldestHalf(): void {
    const half = this.frames.splice(0, this.frames.length >> 1);
    for (const kept of half) {
      this.dropped += 1;
      this.size -= charactersOf(kept) + charactersOfAll(this.logprobsOf(this.dropped));
      this.logprobs.delete(this.dropped);
    }
  }
}

function isPlain(frame: StreamFrame): boolean {
  return !frame.done && !('phase' in frame) && !('tool_call' in frame) && frame.reasoning === undefined;
}

function frameOf(kept: StreamFrame | string): StreamFrame {
  return typeof kept === 'string' ? { token: kept, done: false } : kept;
}

function charactersOf(kept: StreamFrame | string | undefined): number {
  if (kept === undefined) return 0;
  return FRAME_CHARACTERS + saidBy(kept).length;
}

function saidBy(kept: StreamFrame | string): string {
  if (typeof kept === 'string') return kept;
  return 'tool_call' in kept ? (kept.tool_call.arguments ?? '') : kept.token;
}

function charactersOfAll(logprobs: readonly TokenLogprob[]): number {
  if (logprobs.length === 0) return 0;
  return logprobs.reduce((sum, { top_logprobs: others }) => sum + (1 + others.length) * LOGPROB_CHARACTERS, 0);
}
