import type { LikelyPiece, ScoredToken } from '@tandem/shared/engine-protocol';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { DistributionReader, Reading } from './distribution-reader';
import { type BatchRow, insideOf } from './inside-binding';
import type { PlaceTaker } from './kept-texts';
import type { TokenBytes } from './token-bytes';

export interface Score {
  /** How many of them have a likelihood. */
  readonly tokens: number;
  /** Sum of the natural logarithms of the tokens' probabilities. */
  readonly logLikelihood: number;
}

export interface ScoreInput {
  /** What stands before the text. */
  readonly before: readonly Token[];
  readonly text: readonly Token[];
  /** What each token of the text says. */
  readonly bytes: readonly Uint8Array[];
  /** Asked about besides, by their places in the text. */
  readonly others?: readonly (readonly Token[])[] | undefined;
  /** Of what is expected at each place over the whole vocabulary. */
  readonly wholes?: PlaceTaker | undefined;
  /** How many tokens are read at once: answers that are being given beside it wait no longer than for those. */
  readonly step: number;
  readonly reader: DistributionReader;
  readonly bytesOf: TokenBytes;
}

/**
 * How likely a model finds a text, token by token, under its unchanged distribution. The sequence is empty, and of a
 * context without flash attention: with it, what a token is worth depends on how many are read beside it.
 */
export async function scoreText(
  sequence: LlamaContextSequence,
  { before, text, bytes, others, wholes, step, reader, bytesOf }: ScoreInput,
  report: (tokens: readonly ScoredToken[], progress: number) => void,
  signal: AbortSignal,
): Promise<Score> {
  const whole = [...before, ...text];
  let scored = 0;
  let logLikelihood = 0;
  const told = (index: number, { logprob, top, others: besides }: Reading, kl: number | undefined): ScoredToken => {
    scored++;
    logLikelihood += logprob;
    const rank = top.findIndex(({ token }) => token === whole[index]) + 1;
    const likely = top.map((other): LikelyPiece => ({ id: other.token, bytes: [...bytesOf(other.token)], logprob: other.logprob }));
    const asked = { ...(others === undefined ? {} : { others: besides }), ...(kl === undefined ? {} : { kl }) };
    return { ...named(index), logprob, rank: rank === 0 ? null : rank, top: likely, ...asked };
  };
  const named = (index: number) => ({ id: whole[index] as number, bytes: [...(bytes[index - before.length] ?? [])] });
  const klOf = async (place: number, row: BatchRow) => wholes?.take(place, await reader.readWhole(sequence, row));
  if (before.length === 0 && text.length > 0) report([{ ...named(0), logprob: null, rank: null, top: [] }], 0);
  for (const [start, end] of stepsOver(whole.length, step)) {
    signal.throwIfAborted();
    const tokens: ScoredToken[] = [];
    await readRows(sequence, whole.slice(start, end), async (row, place) => {
      const next = start + place + 1;
      const token = whole[next];
      const inText = next - before.length;
      if (token === undefined || inText < 0 || signal.aborted) return;
      const reading = await reader.read(sequence, row, token, others?.[inText]);
      tokens.push(told(next, reading, wholes && (await klOf(inText, row))));
    });
    signal.throwIfAborted();
    report(tokens, end / whole.length);
  }
  return { tokens: scored, logLikelihood };
}

/**
 * Logits are had for all rows, wanted or not: what a row is worth depends on how many are computed to the end. The binding
 * waits for every row of a batch: what one throws is thrown when all are over.
 */
async function readRows(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  readRow: (...place: Parameters<Parameters<ReturnType<typeof insideOf>['_decodeTokens']>[5]>) => Promise<void>,
): Promise<void> {
  let failure: unknown;
  await insideOf(sequence)._decodeTokens(
    tokens,
    tokens.map(() => true),
    5,
    sequence.tokenMeter,
    {},
    (...place) => (failure === undefined ? readRow(...place).catch((thrown: unknown) => void (failure = thrown)) : Promise.resolve()),
  );
  if (failure !== undefined) throw failure;
}

/** Never a step of one token, which llama.cpp computes in another way; text of one token has nothing to score. */
export function stepsOver(length: number, step: number): (readonly [start: number, end: number])[] {
  if (length < 2) return [];
  const ends: number[] = [];
  for (let end = 0; end < length;) ends.push((end = length - end === step + 1 ? end + step - 1 : Math.min(end + step, length)));
  return ends.map((end, index) => [ends[index - 1] ?? 0, end]);
}
