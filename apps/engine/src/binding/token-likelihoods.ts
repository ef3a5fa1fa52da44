import type { LikelyToken, TokenLogprob } from '@tandem/shared/contracts';
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { DistributionReader, type Reading } from './distribution-reader';
import { insideOf } from './inside-binding';
import type { TokenBytes } from './token-bytes';

/**
 * Tells of each token of one answer how likely it was in the model's own distribution, and what else was. `watch`
 * before the answer begins, `close` when it is over.
 */
export class TokenLikelihoods {
  private readonly reader: DistributionReader;
  private last: Reading | undefined;
  private failure: unknown;
  private unwatch: () => void = () => undefined;

  constructor(
    private readonly model: LlamaModel,
    private readonly bytesOf: TokenBytes,
    count: number,
  ) {
    this.reader = new DistributionReader(model, count);
  }

  /** From now on every row that a token is sampled from is read a second time. */
  watch(sequence: LlamaContextSequence): void {
    const inside = insideOf(sequence);
    const decode = inside._decodeTokens.bind(inside);
    inside._decodeTokens = (tokens, wantsLogits, priority, meter, contextShift, readRow, afterBatch) =>
      decode(
        tokens,
        wantsLogits,
        priority,
        meter,
        contextShift,
        async (row, index) => {
          const sampled = await readRow(row, index);
          if (typeof sampled === 'number' && sampled >= 0) await this.look(sequence, row, sampled as Token);
          return sampled;
        },
        afterBatch,
      );
    this.unwatch = () => Reflect.deleteProperty(inside, '_decodeTokens');
  }

  /** Of the token that was sampled last. Throws why it could not be read. */
  of(token: Token): TokenLogprob {
    if (this.failure !== undefined) throw this.failure;
    if (this.last === undefined) throw new Error('no distribution was read for a token');
    const { logprob, top } = this.last;
    return { ...this.likely(token, logprob), top_logprobs: top.map((other) => this.likely(other.token, other.logprob)) };
  }

  /** The binding waits for every row: what goes wrong at one is kept until its token is asked about. */
  private async look(...place: Parameters<DistributionReader['read']>): Promise<void> {
    try {
      this.last = await this.reader.read(...place);
    } catch (thrown) {
      this.failure = thrown;
    }
  }

  close(): void {
    this.unwatch();
    this.reader.close();
  }

  private likely(token: Token, logprob: number): LikelyToken {
    const said = this.bytesOf(token);
    // a token that ends the answer says nothing, but has a name
    const bytes = said.length > 0 ? Buffer.from(said) : Buffer.from(this.model.detokenize([token], true), 'utf8');
    return { token: bytes.toString('utf8'), logprob: Math.round(logprob * 1e6) / 1e6, bytes: [...bytes] };
  }
}
