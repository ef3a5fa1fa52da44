import { type AnswerView } from '@tandem/web/run';

/** What of an answer no figure is of, once both models have read it. */
export function sayLeftOut({ thoughts, calls = [], state }: Pick<AnswerView, 'thoughts' | 'calls' | 'state'>): readonly string[] {
  return [
    thoughts === '' ? '' : 'The answer is scored as if it had come without its thoughts: they are not part of what both models read.',
    calls.length === 0 ? '' : 'The tools that it asks for are not scored.',
    state.kind === 'stopped' ? 'The answer was stopped: what came of it is scored.' : '',
  ].filter((words) => words !== '');
}
