import { type ChatMessage } from '@tandem/shared/contracts';
import { type AnswerView, isOngoing, textWithCalls } from '@tandem/web/run';
import { isVeiled } from '../blind/blind-turn';
import { type SideId, SIDES } from '../side/sides';
import { type GoOn, type SideAnswer, type TurnView } from './turn-view';

/** Whether an answer came to its end, and says something. */
export function isWhole(answer: AnswerView): boolean {
  return answer.state.kind === 'done' && textWithCalls(answer) !== '';
}

/** The answers that failed, were cut, or say nothing. */
export function brokenOf({ answers }: TurnView): readonly SideAnswer[] {
  return answers.filter(({ answer }) => !isOngoing(answer.state) && !isWhole(answer));
}

export function hasEnded({ answers }: TurnView): boolean {
  return answers.length > 0 && answers.every(({ answer }) => !isOngoing(answer.state));
}

/** Whether a person has to say what the next prompt goes on from: something came, and not all of it is whole. */
export function isUndecided(turn: TurnView): boolean {
  return (
    hasEnded(turn) && !isVeiled(turn) && turn.goOn === undefined && brokenOf(turn).length > 0 && turn.answers.some(({ answer }) => textWithCalls(answer) !== '')
  );
}

/** What there is to go on from. */
export function choicesOf(turn: TurnView): readonly GoOn[] {
  const isEachItsOwn = turn.answers.length > 0 && turn.answers.every(({ answer }) => textWithCalls(answer) !== '');
  const whole = turn.answers.filter(({ answer }) => isWhole(answer));
  return [
    ...(isEachItsOwn ? [{ kind: 'own' } as const] : []),
    ...whole.map(({ side }) => ({ kind: 'one', side }) as const),
    ...(brokenOf(turn).length > 0 ? [{ kind: 'nothing' } as const] : []),
  ];
}

export function isSameChoice(a: GoOn, b: GoOn): boolean {
  return a.kind === b.kind && (a.kind !== 'one' || b.kind !== 'one' || a.side === b.side);
}

/** What a side is told of what was said before. A turn that brought it nothing is left out: its prompt would stand there unanswered. */
export function messagesOf(turns: readonly TurnView[], side: SideId): readonly ChatMessage[] {
  return turns.flatMap((turn) => {
    const text = takenBy(turn, side);
    if (text === '') return [];
    return [
      { role: 'user', content: turn.prompt },
      { role: 'assistant', content: text },
    ] as const;
  });
}

/** The sides that know nothing of an ended turn that another one knows of. */
export function sidesWithout(turn: TurnView): readonly SideId[] {
  if (!hasEnded(turn) || isUndecided(turn) || isVeiled(turn)) return [];
  const without = SIDES.map(({ id }) => id).filter((id) => takenBy(turn, id) === '');
  return without.length === SIDES.length ? [] : without;
}

function takenBy({ answers, goOn, ...turn }: TurnView, side: SideId): string {
  // whose words they are nobody knows yet
  if (goOn?.kind === 'nothing' || isVeiled(turn)) return '';
  const from = goOn?.kind === 'one' ? goOn.side : side;
  return textWithCalls(answers.find((each) => each.side === from)?.answer ?? { text: '' });
}
