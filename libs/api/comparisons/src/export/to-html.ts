import type { Comparison, ComparisonTurn, KeptAnswer } from '@tandem/shared/contracts';
import { factsOf, parametersText } from './facts-of';
import { escapeHtml, textWithLinks } from './html-text';

const STYLE = `:root{color-scheme:light dark}
body{margin:2rem auto;max-width:76rem;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
h1,h2,p,dl{margin:0 0 1rem}
dt{font-weight:600}dd{margin:0 0 .5rem}
section{margin:2rem 0;border-top:1px solid #8888}
.sides{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr))}
article{border:1px solid #8888;border-radius:.5rem;padding:1rem;min-width:0}
h3{margin:0 0 .5rem;font-size:1rem}
.said{white-space:pre-wrap;overflow-wrap:anywhere}
.prompt{border-left:.25rem solid #8888;padding-left:1rem}
small{opacity:.8}`;

/** One file that needs nothing else: it runs no script and asks for nothing, which its policy says as well. */
export function toHtml(comparison: Comparison): string {
  const { title, note, baseline, derivative, system, parameters, config_version, created_at, turns } = comparison;
  const rows: [string, string][] = [
    ['Baseline', withParameters(baseline, parameters.baseline)],
    ['Derivative', withParameters(derivative, parameters.derivative)],
    ['Made', escapeHtml(created_at + (config_version ? `, configuration ${config_version}` : ''))],
    ...(system ? [['System prompt', `<span class="said">${textWithLinks(system)}</span>`] as [string, string]] : []),
  ];
  return `<!doctype html>
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
${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n')}
</dl>
${turns.map(sectionOf).join('\n')}
</body>
</html>
`;
}

function withParameters(model: string, parameters: Readonly<Record<string, unknown>>): string {
  const values = parametersText(parameters);
  return escapeHtml(model) + (values === '' ? '' : ` <small>${escapeHtml(values)}</small>`);
}

function sectionOf({ prompt, baseline, derivative }: ComparisonTurn, number: number): string {
  return `<section>
<h2>Prompt ${number + 1}</h2>
<p class="said prompt" dir="auto">${textWithLinks(prompt)}</p>
<div class="sides">
${articleOf('Baseline', baseline)}
${articleOf('Derivative', derivative)}
</div>
</section>`;
}

function articleOf(side: string, answer: KeptAnswer): string {
  const { model, thoughts, text } = answer;
  return `<article>
<h3>${side}: ${escapeHtml(model)}</h3>
${thoughts ? `<details><summary>Thoughts</summary><p class="said" dir="auto">${textWithLinks(thoughts)}</p></details>\n` : ''}<p class="said" dir="auto">${textWithLinks(text)}</p>
<small>${escapeHtml(factsOf(answer).join(' · '))}</small>
</article>`;
}
