import type { PairSide, RunAnswer, RunItem } from '@tandem/shared/contracts';
import type { AnswerToScore, SaidMessage } from '@tandem/web/scores';
import { sayLeftOut } from '@tandem/web/scores/pair';
import { historyOf, type ItemPair, promptOf } from './item-answers';
import { stateOf } from './item-facts';

/** Both answers to an item as the two models are to read them, each after what was asked. Nothing where one is missing. */
export function answersToScore(item: Pick<RunItem, 'prompt' | 'messages' | 'system'>, { baseline, derivative }: ItemPair): readonly AnswerToScore[] {
  if (!baseline || !derivative) return [];
  const messages: readonly SaidMessage[] = [...historyOf(item), { role: 'user', content: promptOf(item) }];
  const of = (side: PairSide, answer: RunAnswer): AnswerToScore => ({
    side,
    task: answer.text === '' ? null : { baseline: baseline.model, derivative: derivative.model, messages, text: answer.text },
    obstacle: answer.text === '' ? 'There is no text here to score.' : '',
    notes: sayLeftOut({ thoughts: answer.thoughts ?? '', state: stateOf(answer) }),
  });
  return [of('baseline', baseline), of('derivative', derivative)];
}
