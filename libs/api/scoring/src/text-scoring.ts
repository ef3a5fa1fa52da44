import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import type { OtherTokens, ScoredText, ScoringRequest, ScoringSource } from '@tandem/api/completion';
import { scoringUnsupported } from '@tandem/api/faults';
import type { Divergence, Score } from '@tandem/shared/contracts';
import { measureDivergence, whyNotComparable } from '@tandem/shared/measures';
import { inField } from './in-field';
import { scoreOf } from './score-of';
import { DivergenceRequestDto, ScoreRequestDto } from './scoring-requests.dto';
import { tokenDifferences } from './token-differences';

/** From 0 to 1. */
export type OnProgress = (share: number) => void;

interface Scorer {
  /** Of the model. */
  readonly id: string;
  readonly scoring: ScoringSource;
}

/** How likely models find a text, and how far two of them differ over it. All reject with a `Fault`, whose `param` is the field at fault. */
@Injectable()
export class TextScoring {
  constructor(private readonly targets: TargetResolver) {}

  async score({ model, ...asked }: ScoreRequestDto, onProgress: OnProgress, signal: AbortSignal): Promise<Score> {
    const { id, scoring } = await this.scorerOf(model, 'model');
    const { alternatives = ScoreRequestDto.alternatives, ...request } = requestOf(asked);
    return scoreOf(id, request.text, await scoring.score({ ...request, alternatives }, onProgress, signal), alternatives);
  }

  async diverge({ baseline, derivative, ...asked }: DivergenceRequestDto, onProgress: OnProgress, signal: AbortSignal): Promise<Divergence> {
    const [ours, theirs] = [await this.scorerOf(baseline, 'baseline'), await this.scorerOf(derivative, 'derivative')];
    const { alternatives: told = DivergenceRequestDto.alternatives, ...beside } = requestOf(asked);
    // the likeliest is always looked at: whether both have the same is part of the answer
    const request = { ...beside, alternatives: Math.max(1, told) };
    const first = await inField(
      'baseline',
      ours.scoring.score(request, (share) => onProgress(share / 2), signal),
    );
    const others = othersOf(first);
    const second = await inField(
      'derivative',
      theirs.scoring.score({ ...request, ...others }, (share) => onProgress((1 + share) / 2), signal),
    );
    const scores = { baseline: scoreOf(ours.id, request.text, first, told), derivative: scoreOf(theirs.id, request.text, second, told) };
    const isCompared = whyNotComparable(scores.baseline, scores.derivative) === null;
    return measureDivergence(scores, isCompared ? tokenDifferences(first, second) : []);
  }

  private async scorerOf(model: string, param: string): Promise<Scorer> {
    const { card, scoring } = await this.targets.resolve(model, param);
    if (scoring === undefined)
      throw scoringUnsupported(`${card.id} runs elsewhere, and its server has not been found able to tell how likely a text is.`, param);
    return { id: card.id, scoring };
  }
}

function requestOf({
  messages = [],
  text,
  top_logprobs: alternatives,
}: Omit<ScoreRequestDto, 'model'>): Omit<ScoringRequest, 'alternatives'> & { alternatives?: number } {
  const said = messages.map(({ role, content }) => ({ role, content }));
  return { messages: said, text, ...(alternatives === undefined ? {} : { alternatives }) };
}

/** The baseline's likeliest tokens, so that the derivative tells how likely it finds each. */
function othersOf({ vocabulary, parts }: ScoredText): { readonly others?: OtherTokens } {
  if (vocabulary === null) return {};
  return { others: { vocabulary, at: parts.map(({ top }) => top.flatMap(({ id }) => id ?? [])) } };
}
