import type { ExpectationBuffers, ScoredText, ScoringRequest, ScoringSource } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { ScoredToken } from '@tandem/shared/engine-protocol';
import type { LocalTexts } from './local-texts';
import type { SeatAdapter } from './seat';

/** Of one score: they are held and sent as a whole. */
const MOST_ALTERNATIVES = 500_000;

/** How likely texts are under a seat of this machine: one reading of each, exactly. */
export class LocalScoring implements ScoringSource {
  constructor(
    private readonly texts: LocalTexts,
    readonly buffers: ExpectationBuffers,
    private readonly adapter?: SeatAdapter,
  ) {}

  get adapterScale(): number | undefined {
    return this.adapter?.scale;
  }

  /** @throws Fault `invalid_request` for more alternatives than one answer holds */
  get scalesAdapter(): boolean {
    return this.adapter !== undefined;
  }

  async score(request: ScoringRequest, onProgress: (share: number) => void, signal: AbortSignal): Promise<ScoredText> {
    const { alternatives } = request;
    const most = Math.floor(MOST_ALTERNATIVES / Math.max(1, alternatives));
    const tooLong = new AbortController();
    const parts: ScoredToken[] = [];
    const take = (tokens: readonly ScoredToken[], progress: number): void => {
      for (const token of tokens) parts.push(token);
      if (parts.length > most) return tooLong.abort();
      onProgress(progress);
    };
    try {
      const { vocabulary, isKept } = await this.texts.score(request, take, AbortSignal.any([signal, tooLong.signal]));
      // it may have come to its end before it was stopped
      if (parts.length > most) throw tooManyAlternatives(alternatives, most);
      return { method: 'prefill', exact: true, vocabulary, parts, isKept };
    } catch (thrown) {
      if (tooLong.signal.aborted && !signal.aborted) throw tooManyAlternatives(alternatives, most);
      throw thrown;
    }
  }
}

function tooManyAlternatives(alternatives: number, most: number): Fault {
  const what = `${alternatives} can be told for a text of at most ${most} tokens. Ask for fewer, or score a shorter text`;
  return new Fault('invalid_request', { field: 'top_logprobs', what }, { param: 'top_logprobs' });
}
