import { type ByteRange, type Divergence, type OfBoth, type ScoredToken } from '@tandem/shared/contracts';

/** A piece of a text as it is shown: a token, or as many as are needed to spell whole characters, or to end where both models' tokens do. */
export interface TextPiece {
  readonly text: string;
  /** −log₂ p under each model; null where nothing stands before it. */
  readonly bits: OfBoth<number | null>;
  /** In nats; null where the two cannot be compared token by token. */
  readonly kl: number | null;
  readonly tokens: OfBoth<readonly ScoredToken[]>;
}

/** A text cut into pieces, each with what both models found of it. */
export function piecesOf(text: string, { spans, scores }: Pick<Divergence, 'spans' | 'scores'>): readonly TextPiece[] {
  const utf8 = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const [ours, theirs] = [tokensIn(scores.baseline.tokens), tokensIn(scores.derivative.tokens)];
  const pieces: TextPiece[] = [];
  let from = 0;
  let held: Divergence['spans'][number][] = [];
  for (const span of spans) {
    held.push(span);
    const to = span.bytes[1];
    if (isInsideOfCharacter(utf8, to)) continue;
    pieces.push({
      text: decoder.decode(utf8.subarray(from, to)),
      bits: { baseline: bitsOf(held.map(({ baseline }) => baseline)), derivative: bitsOf(held.map(({ derivative }) => derivative)) },
      kl: sum(held.map(({ kl }) => kl)),
      tokens: { baseline: ours([from, to]), derivative: theirs([from, to]) },
    });
    from = to;
    held = [];
  }
  return pieces;
}

function isInsideOfCharacter(utf8: Uint8Array, at: number): boolean {
  return at < utf8.length && ((utf8[at] ?? 0) & 0b1100_0000) === 0b1000_0000;
}

/** Gives the tokens of one range after the other. */
function tokensIn(tokens: readonly ScoredToken[]): (range: ByteRange) => readonly ScoredToken[] {
  let at = 0;
  return ([, to]) => {
    const first = at;
    while (at < tokens.length && (tokens[at]?.bytes[1] ?? 0) <= to) at += 1;
    return tokens.slice(first, at);
  };
}

function bitsOf(nats: readonly (number | null)[]): number | null {
  const total = sum(nats);
  return total === null ? null : (0 - total) / Math.LN2;
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
}
