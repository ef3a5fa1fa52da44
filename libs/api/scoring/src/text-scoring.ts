import { Injectable } from '@nestjs/common';
import type { ScoringRequest } from '@tandem/api/completion';
import type { Divergence, Score } from '@tandem/shared/contracts';
import { measureDivergence } from '@tandem/shared/measures';
import { BaselineReading, type OnProgress, bufferFor } from './baseline-reading';
import { scoreOf } from './score-of';
import { Scorers } from './scorers';
import { DivergenceRequestDto, ScoreRequestDto } from './scoring-requests.dto';

/** How likely models find a text, and how far two of them differ over it. All reject with a `Fault`, whose `param` is the field at fault. */
@Injectable()
export class TextScoring {
  constructor(private readonly scorers: Scorers) {}

  async score({ model, top_logprobs = ScoreRequestDto.alternatives, ...asked }: ScoreRequestDto, onProgress: OnProgress, signal: AbortSignal): Promise<Score> {
    const { id, scoring } = await this.scorers.find(model, 'model');
    const request = { ...textOf(asked), alternatives: top_logprobs };
    return scoreOf(id, request.text, await scoring.score(request, onProgress, signal), top_logprobs);
  }

  async diverge({ baseline, derivative, ...asked }: DivergenceRequestDto, onProgress: OnProgress, signal: AbortSignal): Promise<Divergence> {
    const [ours, theirs] = [await this.scorers.find(baseline, 'baseline'), await this.scorers.find(derivative, 'derivative')];
    const text = { ...textOf(asked), told: asked.top_logprobs ?? DivergenceRequestDto.alternatives };
    const buffer = await bufferFor([ours, theirs], signal);
    try {
      const kept = buffer && { keep: { buffer: buffer.id, place: 0 } };
      const reading = await BaselineReading.of(ours, { ...text, ...kept }, (share) => onProgress(share / 2), signal);
      const { scores, differences } = await reading.compare(theirs, (share) => onProgress((1 + share) / 2), signal);
      return measureDivergence(scores, differences);
    } finally {
      await buffer?.close();
    }
  }
}

/** As sources are told it: without what else a client may have sent. */
export function textOf({ messages = [], text }: Pick<ScoreRequestDto, 'messages' | 'text'>): Pick<ScoringRequest, 'messages' | 'text'> {
  return { messages: messages.map(({ role, content }) => ({ role, content })), text };
}
