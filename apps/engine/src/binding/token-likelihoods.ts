import type { LikelyToken, TokenLogprob } from '@tandem/shared/contracts';
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { TokenBytes } from './token-bytes';

/** Stands for the logarithm of 0, which JSON has no number for. */
const IMPOSSIBLE = -9_999;

export interface SampledToken {
  readonly token: Token;
  readonly confidence?: number;
  readonly probabilities?: ReadonlyMap<Token, number>;
}

/** How many of the likeliest tokens are told for each token, and what is told of them. */
export class TokenLikelihoods {
  constructor(
    private readonly model: LlamaModel,
    private readonly bytesOf: TokenBytes,
    private readonly count: number,
  ) {}

  /** What the binding is asked for: all probabilities cost much more than that of one token. */
  get metadata(): { readonly probabilities?: true; readonly confidence?: true } {
    return this.count > 0 ? { probabilities: true } : { confidence: true };
  }

  /** `probabilities` is sorted, the likeliest first, and holds what the sampler chose from. */
  of({ token, confidence, probabilities = new Map() }: SampledToken): TokenLogprob {
    const likeliest: LikelyToken[] = [];
    for (const [other, probability] of probabilities) {
      if (likeliest.length >= this.count || probability <= 0) break;
      likeliest.push(this.likely(other, probability));
    }
    return { ...this.likely(token, confidence ?? probabilities.get(token) ?? 0), top_logprobs: likeliest };
  }

  private likely(token: Token, probability: number): LikelyToken {
    const said = this.bytesOf(token);
    // a token that ends the answer says nothing, but has a name
    const bytes = said.length > 0 ? Buffer.from(said) : Buffer.from(this.model.detokenize([token], true), 'utf8');
    const logprob = probability > 0 ? Math.round(Math.log(probability) * 1e6) / 1e6 : IMPOSSIBLE;
    return { token: bytes.toString('utf8'), logprob, bytes: [...bytes] };
  }
}
