import type { ComparisonTurn, KeptAnswer } from '@tandem/shared/contracts';
import type { Whose } from '@tandem/shared/differences';
import type { Exported, VoteCounts } from './exported';
import { factsOf, identitiesOf, parametersText } from './facts-of';
import { likenessOf } from './likeness';
import { pairVotesText, turnVotesText } from './votes-text';

/** For people: what was said stands as a quotation, so that nothing in it becomes a part of this page. Turn by turn. */
export function* toMarkdown({ comparison, votes, pair }: Exported): Generator<string> {
  const { title, note, system, config_version, created_at, turns } = comparison;
  const voted = pairVotesText(pair);
  const head = [
    `# ${inline(title)}`,
    note && quoted(note),
    [
      `- Baseline: ${modelOf(comparison, 'baseline')}`,
      `- Derivative: ${modelOf(comparison, 'derivative')}`,
      `- Made: ${created_at}${config_version ? `, configuration ${inline(config_version)}` : ''}`,
      ...(voted === '' ? [] : [`- Votes on this pair: ${inline(voted)}`]),
    ].join('\n'),
    system && `System prompt:\n\n${quoted(system)}`,
  ];
  yield joined(head);
  for (const [number, turn] of turns.entries()) yield `\n${joined(turnOf(turn, number, votes[number]))}`;
}

/** Its id, what its server said that it is, and what it was asked with. */
function modelOf({ parameters, turns, ...ids }: Exported['comparison'], side: Whose): string {
  const beside = [...identitiesOf(turns.map((turn) => turn[side])), parametersText(parameters[side])].filter((text) => text !== '');
  return inline(ids[side]) + (beside.length === 0 ? '' : ` (${inline(beside.join('; '))})`);
}

function turnOf({ prompt, baseline, derivative }: ComparisonTurn, number: number, votes: VoteCounts | undefined): string[] {
  const voted = votes === undefined ? '' : turnVotesText(votes);
  return [
    `## ${number + 1}. Prompt`,
    quoted(prompt),
    `### Baseline: ${inline(baseline.model)}`,
    ...answered(baseline),
    `### Derivative: ${inline(derivative.model)}`,
    ...answered(derivative),
    ...differing(baseline.text, derivative.text),
    voted === '' ? '' : `Votes: ${inline(voted)}`,
  ];
}

function answered(answer: KeptAnswer): string[] {
  const facts = factsOf(answer);
  return [answer.thoughts ? `Thoughts:\n\n${quoted(answer.thoughts)}` : '', quoted(answer.text), facts.length > 0 ? `*${inline(facts.join(' · '))}*` : ''];
}

/** Both answers as one text: `[-removed-]{+added+}`. */
function differing(baseline: string, derivative: string): string[] {
  const { marked, facts, notes } = likenessOf(baseline, derivative);
  if (facts.length === 0) return [];
  const text = marked?.derivative.runs.map((run) => (run.kind === 'same' ? run.text : run.kind === 'own' ? `{+${run.text}+}` : `[-${run.text}-]`)).join('');
  return ['### Differences', inline(facts.join(' · ')), inline(notes.join(' ')), text === undefined ? '' : fenced(text)];
}

function joined(parts: readonly (string | null)[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** As it stands, within a fence that it cannot close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

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
