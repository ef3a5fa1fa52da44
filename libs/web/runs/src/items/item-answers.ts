import type { PromptMessage, RunAnswer, RunItem } from '@tandem/shared/contracts';

/** Two answers to one item: the baseline's, and that of the side it is compared with. Undefined where it was not asked yet. */
export interface ItemPair {
  readonly baseline: RunAnswer | undefined;
  readonly derivative: RunAnswer | undefined;
}

/** @param at which of the sides beside the baseline, from 0 */
export function pairOf({ answers }: Pick<RunItem, 'answers'>, at: number): ItemPair {
  if (!isList(answers)) return { baseline: answers.baseline, derivative: answers.derivative };
  return { baseline: answers[0], derivative: answers[at + 1] };
}

/** What is asked: of a conversation, the last message. */
export function promptOf({ prompt, messages }: Pick<RunItem, 'prompt' | 'messages'>): string {
  return prompt ?? messages?.at(-1)?.content ?? '';
}

/** What goes before it. */
export function historyOf({ system, messages }: Pick<RunItem, 'system' | 'messages'>): readonly PromptMessage[] {
  return [...(system === undefined ? [] : [{ role: 'system', content: system } as const]), ...(messages?.slice(0, -1) ?? [])];
}

function isList(answers: RunItem['answers']): answers is readonly RunAnswer[] {
  return Array.isArray(answers);
}
