import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { noNumber } from './no-number';
import { type BatchRow, insideOf, nativeSampler, type NativeSampler } from './inside-binding';

/** Stands for the logarithm of 0, which JSON has no number for. */
const IMPOSSIBLE = -9_999;

/** Tokens and their logits by turns, in one flat list. */
export type LogitPairs = readonly number[];

/** What a model itself expects at one place, before any temperature, penalty or truncation. */
export interface Reading {
  /** Of the token that was asked about. */
  readonly logprob: number;
  /** The likeliest first; of equals the one with the lower number. */
  readonly top: readonly { readonly token: Token; readonly logprob: number }[];
  /** Of the others that were asked about, in their order. */
  readonly others: readonly number[];
}

/**
 * Reads the model's own distribution at rows of a batch. The sum over the vocabulary and the choice of the likeliest
 * stay native: as a map per place they took 21 ms at 32,000 tokens, and the memory of the process at 152,000. llama.cpp
 * sums in 32 bits: where 100,000 tokens are equally likely that is off by a thousandth. `close` lets go of two buffers
 * as long as the vocabulary.
 */
export class DistributionReader {
  private readonly whole: NativeSampler;
  private readonly truncated: NativeSampler | undefined;

  constructor(
    model: LlamaModel,
    /** How many of the likeliest are told. */
    count: number,
  ) {
    this.whole = nativeSampler(model);
    this.whole.applyConfig({ temperature: 0 });
    if (count === 0) return;
    this.truncated = nativeSampler(model);
    // At a temperature of 1 logits stay as they are; at 0 the binding leaves the truncation out.
    this.truncated.applyConfig({ temperature: 1, topK: count, seed: 1 });
  }

  async read(sequence: LlamaContextSequence, row: BatchRow, token: Token, others: readonly Token[] = []): Promise<Reading> {
    const { _ctx: context } = insideOf(sequence)._context;
    const top = this.truncated === undefined ? [] : pairsOf((await context.sampleToken(row, this.truncated, false, false, true, false))[3]);
    const logits = new Map(top);
    // llama.cpp looks each token of the vocabulary up in this list
    const unknown = [token, ...others].filter((asked) => !logits.has(asked));
    const [likeliest, , , pairs, weight] = await context.sampleToken(row, this.whole, false, false, [unknown, false, false, true, 0], true);
    for (const [asked, logit] of pairsOf(pairs)) logits.set(asked, logit);
    const highest = logits.get(likeliest as Token);
    if (highest === undefined || weight === undefined) throw new Error('llama.cpp gave no logits');
    // sorting these, as is done for the whole vocabulary, would never end
    if (!Number.isFinite(highest) || !Number.isFinite(weight)) throw noNumber();
    const logprobOf = (logit: number): number => Math.max(IMPOSSIBLE, logit - highest - Math.log(weight));
    const logprobOfToken = (asked: Token): number => logprobOf(logits.get(asked) ?? -Infinity);
    return {
      logprob: logprobOfToken(token),
      top: top.sort(([one, a], [other, b]) => b - a || one - other).map(([likely, logit]) => ({ token: likely, logprob: logprobOf(logit) })),
      others: others.map(logprobOfToken),
    };
  }

  /** Of all tokens, the likeliest first. At 152,000 tokens that takes 30 ms. */
  async readWhole(sequence: LlamaContextSequence, row: BatchRow): Promise<LogitPairs> {
    const { _ctx: context } = insideOf(sequence)._context;
    return (await context.sampleToken(row, this.whole, false, false, true, false))[3] ?? [];
  }

  close(): void {
    this.whole.dispose();
    this.truncated?.dispose();
  }
}

function pairsOf(flat: readonly number[] = []): [Token, number][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index] as Token, flat[2 * index + 1] as number]);
}
