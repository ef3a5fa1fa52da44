import type { Score } from '@tandem/shared/contracts';
import { summarise } from '../scores/summarise';

/** A score of these tokens, each with its log-probability. */
export function scoreOf(tokens: readonly (readonly [text: string, logprob: number | null])[], { vocabulary = 'a' as string | null, model = 'm' } = {}): Score {
  let at = 0;
  const scored = tokens.map(([text, logprob]) => {
    const bytes = [at, (at += new TextEncoder().encode(text).length)] as const;
    return { text, bytes, logprob, rank: null, top: [] };
  });
  const summary = summarise(scored, tokens.map(([text]) => text).join(''));
  return { model, method: 'prefill', exact: true, vocabulary, tokens: scored, summary };
}
