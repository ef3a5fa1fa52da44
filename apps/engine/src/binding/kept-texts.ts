import type { KeptText } from '@tandem/shared/engine-protocol';
import type { Token } from 'node-llama-cpp';
import type { LogitPairs } from './distribution-reader';
import { type Expectation, expectationOf, klFrom } from './expectation';

/** How many tokens of a vocabulary a buffer holds, over all places of its texts: 32 MB. As many are about eight seconds' work for one core. */
const ROOM_TOKENS = 2 ** 24;

/** A text as one model cuts it. */
export interface CutText {
  /** The hash of its vocabulary. */
  readonly vocabulary: string;
  readonly vocabularySize: number;
  readonly tokens: readonly Token[];
}

/** Is given what a model expects at one place of a text after another; by their numbers in the text. */
export interface PlaceTaker {
  /** What of the text is kept already or will be, in bytes. */
  readonly bytes: number;
  /** KL from what is kept to this, where that is asked for. */
  take(place: number, pairs: LogitPairs): number | undefined;
}

interface Kept extends CutText {
  readonly places: Expectation[];
}

/** What models expected at every place of texts, for others to be compared with, until whoever has them kept drops the buffer. */
export class KeptTexts {
  private readonly buffers = new Map<string, Map<number, Kept>>();

  /** Undefined where the buffer is too full for this text. */
  keeper({ buffer, place }: KeptText, text: CutText): PlaceTaker | undefined {
    const texts = this.buffers.get(buffer) ?? new Map<number, Kept>();
    const taken = [...texts].reduce((sum, [at, kept]) => (at === place ? sum : sum + sizeOf(kept)), 0);
    if (taken + sizeOf(text) > ROOM_TOKENS) return undefined;
    const kept: Kept = { ...text, places: [] };
    this.buffers.set(buffer, texts.set(place, kept));
    return {
      bytes: sizeOf(text) * Uint16Array.BYTES_PER_ELEMENT,
      take: (at, pairs) => {
        kept.places[at] = expectationOf(pairs);
        return undefined;
      },
    };
  }

  /** Undefined where nothing is kept of this text as this vocabulary cuts it. */
  comparison({ buffer, place }: KeptText, text: CutText): PlaceTaker | undefined {
    const kept = this.buffers.get(buffer)?.get(place);
    if (kept === undefined || !isSame(kept, text)) return undefined;
    return {
      bytes: 0,
      take: (at, pairs) => {
        const expectation = kept.places[at];
        return expectation && klFrom(expectation, pairs);
      },
    };
  }

  drop(buffer: string): void {
    this.buffers.delete(buffer);
  }
}

function sizeOf({ tokens, vocabularySize }: CutText): number {
  return tokens.length * vocabularySize;
}

function isSame(one: CutText, other: CutText): boolean {
  return one.vocabulary === other.vocabulary && one.tokens.length === other.tokens.length && one.tokens.every((token, at) => token === other.tokens[at]);
}
