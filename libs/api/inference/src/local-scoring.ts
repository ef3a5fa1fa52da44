import type { ScoredText, ScoringRequest, ScoringSource } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { ScoredToken } from '@tandem/shared/engine-protocol';
import type { LocalTexts } from './local-texts';

/** Of one score: they are held and sent as a whole. */
const MOST_ALTERNATIVES = 500_000;

/** How likely texts are under a seat of this machine: one reading of each, exactly. */
export class LocalScoring implements ScoringSource {
  constructor(private readonly texts: LocalTexts) {}

  /** @throws Fault `invalid_request` for more alternatives than one answer holds */
  async score({ messages, text, alternatives, others }: ScoringRequest, onProgress: (share: number) => void, signal: AbortSignal): Promise<ScoredText> {
    const most = Math.floor(MOST_ALTERNATIVES / Math.max(1, alternatives));
    const tooLong = new AbortController();
    const parts: ScoredToken[] = [];
    const take = (tokens: readonly ScoredToken[], progress: number): void => {
      for (const token of tokens) parts.push(token);
      if (parts.length > most) return tooLong.abort();
      onProgress(progress);
    };
    const request = { messages, text, alternatives, ...(others === undefined ? {} : { others }) };
    try {
      const { vocabulary } = await this.texts.score(request, take, AbortSignal.any([signal, tooLong.signal]));
      // it may have come to its end before it was stopped
      if (parts.length > most) throw tooManyAlternatives(alternatives, most);
      return { method: 'prefill', exact: true, vocabulary, parts };
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
