import type { Comparison, KeptAnswer } from '@tandem/shared/contracts';
import { factsOf, parametersText } from './facts-of';

/** For people: what was said stands as a quotation, so that nothing in it becomes a part of this page. */
export function toMarkdown({ title, note, baseline, derivative, system, parameters, config_version, created_at, turns }: Comparison): string {
  const parts = [
    `# ${inline(title)}`,
    note && quoted(note),
    [
      `- Baseline: ${inline(baseline)}${beside(parametersText(parameters.baseline))}`,
      `- Derivative: ${inline(derivative)}${beside(parametersText(parameters.derivative))}`,
      `- Made: ${created_at}${config_version ? `, configuration ${inline(config_version)}` : ''}`,
    ].join('\n'),
    system && `System prompt:\n\n${quoted(system)}`,
    ...turns.flatMap((turn, number) => [
      `## ${number + 1}. Prompt`,
      quoted(turn.prompt),
      `### Baseline: ${inline(turn.baseline.model)}`,
      ...answered(turn.baseline),
      `### Derivative: ${inline(turn.derivative.model)}`,
      ...answered(turn.derivative),
    ]),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function answered(answer: KeptAnswer): string[] {
  const facts = factsOf(answer);
  return [answer.thoughts ? `Thoughts:\n\n${quoted(answer.thoughts)}` : '', quoted(answer.text), facts.length > 0 ? `*${inline(facts.join(' · '))}*` : ''];
}

const beside = (text: string): string => (text === '' ? '' : ` (${inline(text)})`);

function quoted(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** On one line, with nothing that Markdown or HTML would read. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~&!]/g, '\\$&');
}
