import { type BlindReveal } from '@tandem/shared/contracts';
import { type AnswerView } from '@tandem/web/run';
import { type PaneStore } from '../pane/pane-store';
import { type Turn } from '../turn/turn';

/** Gives the answers of a blind turn their models, figures and places; once, whoever brought them to light. */
export function unveil(turn: Turn, [first, second]: readonly PaneStore[], seen: BlindReveal): void {
  const blind = turn.blind();
  if (!blind || blind.reveal || !first || !second) return;
  const { left, right } = seen.models;
  first.unveil(turn.id, left, knownOf(first, turn.id, seen, 'left'));
  second.unveil(turn.id, right, knownOf(second, turn.id, seen, 'right'));
  const isBaselineFirst = seen.sides.left === 'baseline';
  if (isBaselineFirst === blind.isCrossed) first.exchangeAnswers(second, turn.id);
  turn.blind.set({ ...blind, reveal: { vote: seen.vote, left, right } });
}

function knownOf(pane: PaneStore, turn: string, { timings, outcomes }: BlindReveal, place: 'left' | 'right'): Partial<AnswerView> {
  const [time, outcome, answer] = [timings[place], outcomes[place], pane.answerTo(turn)?.answer];
  return {
    firstTokenMs: time?.ttft_ms ?? null,
    tokensPerSecond: outcome?.usage ? (time?.tokens_per_second ?? null) : null,
    ...(time ? { timings: time } : {}),
    ...(outcome?.usage ? { usage: outcome.usage, tokens: outcome.usage.completion_tokens } : {}),
    ...(typeof outcome?.seed === 'number' ? { seed: outcome.seed } : {}),
    ignored: outcome?.ignored_parameters ?? [],
    // only now it may be told why
    ...(outcome?.error && answer?.state.kind === 'failed' ? { state: { kind: 'failed', fault: outcome.error } } : {}),
  };
}
