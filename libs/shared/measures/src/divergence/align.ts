import type { ByteRange } from '@tandem/shared/contracts';

/** Indices of tokens: the first, and the one behind the last. */
type TokenRange = readonly [from: number, to: number];

/** Tokens of both sides that begin and end at the same bytes. */
export interface AlignedTokens {
  readonly bytes: ByteRange;
  readonly baseline: TokenRange;
  readonly derivative: TokenRange;
}

/**
 * Two tokenisations of one text, cut wherever both have a boundary. Each side's tokens must cover the text one after another,
 * else a RangeError says where they do not. A token without bytes belongs to what follows it, at the end to what stands before.
 */
export function alignByBytes(baseline: readonly ByteRange[], derivative: readonly ByteRange[]): readonly AlignedTokens[] {
  const [length, otherLength] = [lengthOf(baseline, 'baseline'), lengthOf(derivative, 'derivative')];
  if (length !== otherLength) {
    throw new RangeError(`The baseline's tokens cover ${length} bytes and the derivative's ${otherLength}: both must be of the same text.`);
  }
  const spans: AlignedTokens[] = [];
  let [ours, theirs] = [0, 0];
  while (ours < baseline.length && theirs < derivative.length) {
    const [first, otherFirst] = [ours, theirs];
    let [end, otherEnd] = [endOf(baseline[ours++]), endOf(derivative[theirs++])];
    while (end !== otherEnd) {
      if (end < otherEnd) end = endOf(baseline[ours++]);
      else otherEnd = endOf(derivative[theirs++]);
    }
    spans.push({ bytes: [spans.at(-1)?.bytes[1] ?? 0, end], baseline: [first, ours], derivative: [otherFirst, theirs] });
  }
  const last = spans.pop();
  if (last) spans.push({ bytes: last.bytes, baseline: [last.baseline[0], baseline.length], derivative: [last.derivative[0], derivative.length] });
  return spans;
}

/** Neither side ends before the other: they cover the same bytes. */
function endOf(bytes: ByteRange | undefined): number {
  return bytes?.[1] ?? Number.POSITIVE_INFINITY;
}

function lengthOf(tokens: readonly ByteRange[], side: 'baseline' | 'derivative'): number {
  let at = 0;
  for (const [index, [from, to]] of tokens.entries()) {
    if (from !== at || to < from) {
      throw new RangeError(`Token ${index} of the ${side} is of the bytes ${from} to ${to}, but must begin at ${at}, where the one before it ends.`);
    }
    at = to;
  }
  return at;
}
