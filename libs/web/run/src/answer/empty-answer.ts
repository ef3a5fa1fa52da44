import { type AnswerView } from './answer-view';

/** Why an answer that has ended says nothing; empty where it says something, is being made, or a fault says it. */
export function sayEmptiness({ state, text, thoughts, calls = [] }: Pick<AnswerView, 'state' | 'text' | 'thoughts' | 'calls'>): string {
  if (text !== '' || calls.length > 0) return '';
  const hasThought = thoughts !== '';
  switch (state.kind) {
    case 'stopped':
      return hasThought ? 'Stopped while it was thinking: there is no answer.' : 'Stopped before a word came.';
    case 'interrupted':
      return 'The page was left before a word came.';
    case 'done':
      break;
    default:
      return '';
  }
  switch (state.reason) {
    case 'length':
      return `Empty answer: the token limit was reached ${hasThought ? 'while it was thinking' : 'before a word came'}. Allow more tokens.`;
    case 'content_filter':
      return 'Empty answer: the content filter of the model’s server held it back.';
    case 'tool_calls':
      return 'Empty answer: it asks for a tool, and does not say which one.';
    default:
      return hasThought ? 'Empty answer: the model thought, and ended without an answer.' : 'Empty answer: the model ended at once, without a word.';
  }
}
