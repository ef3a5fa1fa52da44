import { type AnswerToScore, type SaidMessage } from '@tandem/web/scores';
import { sayLeftOut } from '@tandem/web/scores/pair';
import { type SideId } from '../side/sides';
import { messagesOf } from '../turn/go-on';
import { type SideAnswer, type TurnView } from '../turn/turn-view';

/** The answers of a turn as both models are to read them, each after the conversation that it was given in. `turns`: all of the comparison. */
export function answersToScore(turns: readonly TurnView[], turn: TurnView): readonly AnswerToScore[] {
  const [left, right] = [answerOf(turn, 'baseline'), answerOf(turn, 'derivative')];
  if (!left || !right) return [];
  const at = turns.findIndex(({ id }) => id === turn.id);
  // a blind prompt stands alone
  const before = turn.blind ? [] : turns.slice(0, at);
  return ([left, right] as const).map((asked) => ({
    side: asked === left ? 'baseline' : 'derivative',
    task:
      asked.answer.text === ''
        ? null
        : { baseline: left.model, derivative: right.model, messages: conversationOf(before, turn, asked), text: asked.answer.text },
    obstacle: asked.answer.text === '' ? 'There is no text here to score.' : '',
    notes: sayLeftOut(asked.answer),
  }));
}

/** What was said before an answer, the system prompt with it. */
export function conversationOf(
  before: readonly TurnView[],
  { prompt }: Pick<TurnView, 'prompt'>,
  { side, settings }: Pick<SideAnswer, 'side' | 'settings'>,
): readonly SaidMessage[] {
  const history = messagesOf(before, side).map(({ role, content }) => ({ role, content: String(content) }));
  const system = settings.system.trim() === '' ? [] : [{ role: 'system', content: settings.system } as const];
  return [...system, ...history, { role: 'user', content: prompt }];
}

function answerOf({ answers }: TurnView, side: SideId): SideAnswer | undefined {
  return answers.find((each) => each.side === side);
}
