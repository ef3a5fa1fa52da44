import { nameOfSide } from '../side/sides';
import { type ComparisonRecord } from '../history/comparison-record';

/** A comparison to be read anywhere: each prompt, and what each side answered. */
export function asMarkdown({ title, turns }: ComparisonRecord): string {
  const parts = turns.flatMap(({ prompt, answers }) => [
    `## ${prompt.trim().replace(/\n/g, '\n> ')}`,
    ...answers.flatMap(({ side, model, answer: { text } }) => [`### ${nameOfSide(side)}: ${model}`, text.trim() || '*No answer.*']),
  ]);
  return `${[`# ${title || 'Comparison'}`, ...parts].join('\n\n')}\n`;
}
