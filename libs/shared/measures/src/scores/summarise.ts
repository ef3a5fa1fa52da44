import type { ScoredToken, ScoreSummary } from '@tandem/shared/contracts';
import { Sum } from '../statistics/sum';

/** Servers that compute in 32 bits may tell a certain token's probability as a little more than 1. */
const ROUNDING = 1e-3;

/** Of all tokens with a log-probability. `text` is what the tokens are of; their bytes are counted in its UTF-8. Throws a RangeError over one that is no log-probability. */
export function summarise(tokens: readonly ScoredToken[], text: string): ScoreSummary {
  const utf8 = new TextEncoder().encode(text);
  const likelihood = new Sum();
  const summary = { tokens: 0, bytes: 0, characters: 0 };
  for (const { logprob, bytes, text: token } of tokens) {
    if (logprob === null) continue;
    if (!Number.isFinite(logprob) || logprob > ROUNDING) {
      throw new RangeError(`The token ${JSON.stringify(token)} at byte ${bytes[0]} has ${logprob} for its log-probability, which must be a number up to 0.`);
    }
    likelihood.add(logprob);
    summary.tokens += 1;
    summary.bytes += bytes[1] - bytes[0];
    summary.characters += charactersIn(utf8.subarray(...bytes));
  }
  return {
    ...summary,
    log_likelihood: likelihood.value,
    perplexity: summary.tokens === 0 ? null : Math.exp(-likelihood.value / summary.tokens),
    bits_per_byte: bitsPerByte(likelihood.value, summary.bytes),
  };
}

/** Null of no bytes. */
export function bitsPerByte(logLikelihood: number, bytes: number): number | null {
  // no bits are 0, not −0
  return bytes === 0 ? null : (0 - logLikelihood) / Math.LN2 / bytes;
}

/** Code points that begin here: a character may be cut into several tokens. */
function charactersIn(utf8: Uint8Array): number {
  return utf8.reduce((count, byte) => count + Number((byte & 0b1100_0000) !== 0b1000_0000), 0);
}
