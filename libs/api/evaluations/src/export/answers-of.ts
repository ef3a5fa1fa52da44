import type { RunAnswer, RunItem } from '@tandem/shared/contracts';

/** The answers of an item in the order of the models. */
export function answersOf({ answers }: RunItem): readonly RunAnswer[] {
  if (Array.isArray(answers)) return answers as readonly RunAnswer[];
  const { baseline, derivative } = answers as { readonly baseline?: RunAnswer; readonly derivative?: RunAnswer };
  return [baseline, derivative].filter((answer) => answer !== undefined);
}

/** What was asked, as one text. */
export function askedOf({ prompt, messages = [] }: RunItem): string {
  return prompt ?? messages.map(({ role, content }) => `${role}: ${content}`).join('\n');
}
