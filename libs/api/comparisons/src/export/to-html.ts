import { escapeHtml } from '@tandem/api/http';
import type { ComparisonTurn, KeptAnswer } from '@tandem/shared/contracts';
import type { Findings, MarkedText, Whose } from '@tandem/shared/differences';
import type { Exported, VoteCounts } from './exported';
import { factsOf, identitiesOf, parametersText } from './facts-of';
import { STYLE } from './html-style';
import { textWithLinks } from './html-text';
import { likenessOf } from './likeness';
import { markedHtml } from './marked-html';
import { pairVotesText, turnVotesText } from './votes-text';

const NAMES = { baseline: 'Baseline', derivative: 'Derivative' } as const;

/**
 * One file that needs nothing else: it runs no script and asks for nothing, which its policy says as well. Turn by turn: the
 * differences of each take some milliseconds.
 */
export function* toHtml({ comparison, votes, pair }: Exported): Generator<string> {
  const { title, note, turns } = comparison;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${note ? `<p class="said">${textWithLinks(note)}</p>\n` : ''}<dl>
${rowsOf({ comparison, votes, pair })
  .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
  .join('\n')}
</dl>
`;
  for (const [number, turn] of turns.entries()) yield sectionOf(turn, number, votes[number]);
  yield '</body>\n</html>\n';
}

function rowsOf({ comparison, pair }: Exported): [name: string, value: string][] {
  const { system, config_version, created_at } = comparison;
  const voted = pairVotesText(pair);
  return [
    ...(['baseline', 'derivative'] as const).map((side): [string, string] => [NAMES[side], modelOf(comparison, side)]),
    ['Made', escapeHtml(created_at + (config_version ? `, configuration ${config_version}` : ''))],
    ...(system ? [['System prompt', `<span class="said">${textWithLinks(system)}</span>`] as [string, string]] : []),
    ...(voted === '' ? [] : [['Votes on this pair', voted] as [string, string]]),
  ];
}

/** Its id, what its server said that it is, and what it was asked with. */
function modelOf({ parameters, turns, ...ids }: Exported['comparison'], side: Whose): string {
  const beside = [...identitiesOf(turns.map((turn) => turn[side])), parametersText(parameters[side])].filter((text) => text !== '');
  return escapeHtml(ids[side]) + beside.map((text) => ` <small>${escapeHtml(text)}</small>`).join('');
}

function sectionOf({ prompt, baseline, derivative }: ComparisonTurn, number: number, votes: VoteCounts | undefined): string {
  const { marked, facts, notes } = likenessOf(baseline.text, derivative.text);
  const voted = votes === undefined ? '' : turnVotesText(votes);
  const said = [facts.join(' · '), ...notes, voted === '' ? '' : `Votes: ${voted}`].filter((text) => text !== '');
  return `<section>
<h2>Prompt ${number + 1}</h2>
<p class="said prompt" dir="auto">${textWithLinks(prompt)}</p>
<div class="sides">
${articleOf('baseline', baseline, marked)}
${articleOf('derivative', derivative, marked)}
</div>
${said.map((text) => `<p>${escapeHtml(text)}</p>\n`).join('')}</section>
`;
}

function articleOf(side: Whose, answer: KeptAnswer, marked: Findings<MarkedText> | undefined): string {
  const { model, thoughts, text } = answer;
  return `<article>
<h3>${NAMES[side]}: ${escapeHtml(model)}</h3>
${thoughts ? `<details><summary>Thoughts</summary><p class="said" dir="auto">${textWithLinks(thoughts)}</p></details>\n` : ''}<p class="said" dir="auto">${marked === undefined ? textWithLinks(text) : markedHtml(marked[side].runs, side)}</p>
<small>${escapeHtml(factsOf(answer).join(' · '))}</small>
</article>`;
}
