import { type Comparison, type KeptAnswer, type SamplingParameters, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { readParameters } from '@tandem/web/history/records';
import { type AnswerState, type AnswerView } from '@tandem/web/run';
import { type AskSettings } from '../settings/settings';
import { SIDES } from '../side/sides';
import { type SideAnswer, type TurnView } from '../turn/turn-view';

/** A kept comparison as the page shows one. A side of which nothing is kept was not asked. */
export function turnsOf({ id, turns, created_at, ...rest }: Comparison): readonly TurnView[] {
  return turns.map(({ prompt, ...answers }, at) => ({
    id: `${id}-${at}`,
    prompt,
    askedAtMs: Date.parse(created_at),
    answers: SIDES.flatMap(({ tone }): readonly SideAnswer[] => {
      const kept = answers[tone];
      if (isNothing(kept)) return [];
      const answer = answerOf(kept, `${id}-${at}-${tone}`, prompt);
      return [{ side: tone, model: kept.model, settings: settingsOf(rest, tone), earlier: [], answer }];
    }),
    goOn: undefined,
    measured: [],
  }));
}

/** What a side was asked with. Values that no request takes are left at their defaults: what is kept is input like any other. */
export function settingsOf({ parameters, system }: Pick<Comparison, 'parameters' | 'system'>, side: 'baseline' | 'derivative'): AskSettings {
  const { system: own } = parameters[side];
  return { parameters: readParameters(parameters[side], STREAM_PARAMETERS) as SamplingParameters, system: typeof own === 'string' ? own : (system ?? '') };
}

function isNothing({ text, thoughts, finish_reason, error }: KeptAnswer): boolean {
  return text === '' && thoughts === null && finish_reason === null && error === null;
}

function answerOf(kept: KeptAnswer, id: string, prompt: string): AnswerView {
  const { usage, timings, seed } = kept;
  return {
    id,
    prompt,
    thoughts: kept.thoughts ?? '',
    text: kept.text,
    state: stateOf(kept),
    firstTokenMs: timings?.ttft_ms ?? null,
    tokensPerSecond: usage ? (timings?.tokens_per_second ?? null) : null,
    tokens: usage?.completion_tokens ?? 0,
    ignored: kept.ignored_parameters,
    ...(seed === null ? {} : { seed }),
    ...(usage ? { usage } : {}),
    ...(timings ? { timings } : {}),
  };
}

function stateOf({ error, finish_reason }: KeptAnswer): AnswerState {
  if (error) return { kind: 'failed', fault: error };
  return finish_reason === 'cancelled' ? { kind: 'stopped' } : { kind: 'done', reason: finish_reason ?? 'other' };
}
