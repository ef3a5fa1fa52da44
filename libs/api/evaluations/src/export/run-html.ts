import { escapeHtml } from '@tandem/api/http';
import type { PeopleVotes, RunCard, RunEstimate, RunFindings, RunItem, SideMeasures } from '@tandem/shared/contracts';
import { answersOf, askedOf } from './answers-of';
import { figure, percent, sayParameters, sayVotes } from './say-figures';

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1c1c1e;background:#fff}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;margin:0;font:14px/1.5 ui-monospace,monospace}article{border-top:1px solid #ccc;padding:1rem 0}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1rem}section{min-width:0}h2,h3{overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161618}th,td,article{border-color:#444}a{color:#9ecbff}}
@media print{body{max-width:none;margin:0;color:#000;background:#fff}h2,h3{break-after:avoid}}`;
/** Nothing is loaded and nothing runs, whatever an answer says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const MEASURES: Readonly<Record<Exclude<keyof SideMeasures, 'model'>, string>> = {
  pass_rate: 'Passed',
  latency_ms: 'Time, ms',
  ttft_ms: 'First token, ms',
  tokens_per_second: 'Tokens per second',
  characters: 'Characters',
};
const AGAINST_THE_FIRST = [
  'Against the first',
  'Flips',
  'Only first : only this right',
  'McNemar p',
  'Holm p',
  'Same answer',
  'Length ratio',
  'KL ≥, nats',
  'Judge',
  'People',
];

export function htmlHead(card: RunCard, summary: RunFindings): string {
  const title = `Run over ${card.prompt_set.name}`;
  const { total, done, failed } = card.counts;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<h1>${escapeHtml(title)}</h1>
<p>${card.state}: ${done} of ${total} items answered, ${failed} failed. Begun ${card.created_at}${card.ended_at === null ? '' : `, ended ${card.ended_at}`}. Each prompt ${card.repeats === 1 ? 'once' : `${card.repeats} times`}, with ${escapeHtml(sayParameters(card.parameters))}.</p>
${card.error === null ? '' : `<p>${escapeHtml(card.error.message)}</p>\n`}<div class="wide">${sidesTable(summary)}
${pairsTable(summary)}</div>
<p>In brackets: intervals at 95 %, with the repeats of a prompt taken together; those of votes hold after every vote. 20 is the evidence that decides.</p>
`;
}

function sidesTable({ measures }: RunFindings): string {
  const names = Object.keys(MEASURES) as (keyof typeof MEASURES)[];
  const rows = measures.map((side) => row(side.model, [...names.map((name) => estimate(side[name]))]));
  return table(['Model', ...Object.values(MEASURES)], rows);
}

function pairsTable({ pairs, people_votes }: RunFindings): string {
  const rows = pairs.map(({ model, flips, mcnemar, holm, same_answer, length_ratio, divergence, votes }, at) =>
    row(model, [
      flips.share === null ? `${flips.count} of ${flips.n}` : `${flips.count} of ${flips.n} (${percent(flips.share)})`,
      `${mcnemar.b} : ${mcnemar.c}`,
      figure(mcnemar.p),
      figure(holm),
      estimate(same_answer),
      estimate(length_ratio),
      estimate(divergence),
      votes === null ? '–' : sayVotes(votes),
      peopleCell(people_votes[at]),
    ]),
  );
  return table(AGAINST_THE_FIRST, rows);
}

function peopleCell(votes: PeopleVotes | undefined): string {
  const hasVotes = votes !== undefined && Object.values(votes.counts).some((count) => count > 0);
  return hasVotes ? sayVotes(votes) : '–';
}

/** What changed sides, each with the way to its answers further down. `hasMore`: these are the first of them. */
export function htmlFlips(items: readonly RunItem[], hasMore: boolean): string {
  if (items.length === 0) return '';
  const rows = items.map(
    (item) => `<tr><th scope="row"><a href="#${anchor(item)}">${escapeHtml(item.id)}</a></th>${answersOf(item).map(passedCell).join('')}</tr>`,
  );
  const models = answersOf(items[0] as RunItem).map(({ model }) => escapeHtml(model));
  return `<h2>Flips</h2>${hasMore ? `<p>The first ${items.length}.</p>` : ''}<div class="wide">${table(['Item', ...models], rows)}</div>\n`;
}

export function htmlItem(item: RunItem): string {
  const sides = answersOf(item).map(({ model, text, error, check }) => {
    const passed = typeof check?.passed !== 'boolean' ? '' : check.passed ? ' ✓ passed' : ' ✗ failed its checks';
    const failed = error === null ? '' : `<p>${escapeHtml(error.message)}</p>`;
    return `<section><h3>${escapeHtml(model)}${passed}</h3><pre>${escapeHtml(text)}</pre>${failed}</section>`;
  });
  return `<article id="${anchor(item)}"><h2>${escapeHtml(item.id)}</h2><pre>${escapeHtml(askedOf(item))}</pre><div class="sides">${sides.join('')}</div></article>\n`;
}

export function htmlEnd(): string {
  return '</body></html>\n';
}

function passedCell({ check }: { readonly check: { readonly passed: boolean | null } | null }): string {
  return `<td>${typeof check?.passed !== 'boolean' ? '–' : check.passed ? '✓ passed' : '✗ failed'}</td>`;
}

function table(names: readonly string[], rows: readonly string[]): string {
  const head = names.map((name) => `<th scope="col">${name}</th>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function row(model: string, cells: readonly string[]): string {
  return `<tr><th scope="row">${escapeHtml(model)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function estimate(found: RunEstimate | null): string {
  if (found === null) return '–';
  const { value, interval } = found;
  return `${figure(value)}${interval === null ? '' : ` [${figure(interval.low)}, ${figure(interval.high)}]`}`;
}

/** A name within the page: an id may hold anything. */
function anchor({ id }: RunItem): string {
  return encodeURIComponent(id).replace(/'/g, '%27');
}
