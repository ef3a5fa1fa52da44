import { type LikelyPart, type ScoredText, spelled } from '@tandem/api/completion';
import { scoringUnsupported } from '@tandem/api/faults';
import type { Score, ScoredToken } from '@tandem/shared/contracts';
import { summarise } from '@tandem/shared/measures';

/**
 * What a model found of a text, in the contract's words: every token at its place in the text's UTF-8.
 * @throws Fault `scoring_unsupported` where its tokens are not those of the text as it stands
 */
export function scoreOf(model: string, text: string, { method, exact, vocabulary, parts }: ScoredText, alternatives: number): Score {
  let at = 0;
  const tokens = parts.map(({ bytes, logprob, rank, top }): ScoredToken => {
    const from = at;
    at += bytes.length;
    return {
      text: spelled(bytes),
      bytes: [from, at],
      logprob: logprob === null ? null : likelihood(logprob),
      rank: rank !== null && rank > alternatives ? null : rank,
      top: top.slice(0, alternatives).map(toldAlternative),
    };
  });
  if (!Buffer.concat(parts.map(({ bytes }) => Uint8Array.from(bytes))).equals(Buffer.from(text, 'utf8'))) throw otherText(model);
  return { model, method, exact, vocabulary, tokens, summary: summarise(tokens, text) };
}

function toldAlternative({ bytes, logprob }: LikelyPart): Score['tokens'][number]['top'][number] {
  return { text: spelled(bytes), logprob: likelihood(logprob) };
}

/** What is computed in 32 bits may be a little more than certain. */
function likelihood(logprob: number): number {
  return Math.min(0, logprob);
}

const otherText = (model: string): Error =>
  scoringUnsupported(`The tokens that ${model} makes of this text spell another one: its tokenizer changes what it reads.`);
