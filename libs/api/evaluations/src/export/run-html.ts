import type { RunCard, RunEstimate, RunItem, RunSummary, SideMeasures } from '@tandem/shared/contracts';
import { answersOf, askedOf } from './answers-of';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1c1c1e;background:#fff}
table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font:14px/1.5 ui-monospace,monospace}article{border-top:1px solid #ccc;padding:1rem 0}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1rem}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161618}th,td,article{border-color:#444}}`;

/** Nothing is loaded and nothing runs, whatever an answer says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const MEASURES: Readonly<Record<Exclude<keyof SideMeasures, 'model'>, string>> = {
  pass_rate: 'Passed',
  latency_ms: 'Time, ms',
  ttft_ms: 'First token, ms',
  tokens_per_second: 'Tokens per second',
  characters: 'Characters',
};

export function htmlHead(card: RunCard, summary: RunSummary): string {
  const title = `Run over ${card.prompt_set.name}`;
  const { total, done, failed } = card.counts;
  const rows = summary.measures.map(
    (side) =>
      `<tr><th scope="row">${escape(side.model)}</th>${Object.keys(MEASURES)
        .map((name) => `<td>${estimate(side[name as keyof typeof MEASURES])}</td>`)
        .join('')}</tr>`,
  );
  const pairs = summary.pairs.map(({ model, flips, mcnemar, holm, same_answer, length_ratio, divergence }) => {
    const cells = [
      `${flips.count} of ${flips.n}`,
      `${mcnemar.b} : ${mcnemar.c}`,
      digits(mcnemar.p),
      digits(holm),
      estimate(same_answer),
      estimate(length_ratio),
      estimate(divergence),
    ];
    return `<tr><th scope="row">${escape(model)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escape(title)}</title><style>${STYLE}</style></head><body>
<h1>${escape(title)}</h1>
<p>${card.state}: ${done} of ${total} items answered, ${failed} failed. Begun ${card.created_at}${card.ended_at === null ? '' : `, ended ${card.ended_at}`}. ${card.repeats} time(s) each, with ${escape(JSON.stringify(card.parameters))}.</p>
<table><thead><tr><th scope="col">Model</th>${Object.values(MEASURES)
    .map((name) => `<th scope="col">${name}</th>`)
    .join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>
<table><thead><tr><th scope="col">Against the first</th><th scope="col">Flips</th><th scope="col">Only first : only this right</th><th scope="col">McNemar p</th><th scope="col">Holm p</th><th scope="col">Same answer</th><th scope="col">Length ratio</th><th scope="col">KL ≥, nats</th></tr></thead><tbody>${pairs.join('')}</tbody></table>
<p>In brackets: intervals at 95 %, with the repeats of a prompt taken together.</p>
`;
}

export function htmlItem(item: RunItem): string {
  const sides = answersOf(item).map(({ model, text, error, check }) => {
    const passed = typeof check?.passed !== 'boolean' ? '' : check.passed ? ' ✓ passed' : ' ✗ failed its checks';
    const failed = error === null ? '' : `<p>${escape(error.message)}</p>`;
    return `<section><h3>${escape(model)}${passed}</h3><pre>${escape(text)}</pre>${failed}</section>`;
  });
  return `<article><h2>${escape(item.id)}</h2><pre>${escape(askedOf(item))}</pre><div class="sides">${sides.join('')}</div></article>\n`;
}

export function htmlEnd(): string {
  return '</body></html>\n';
}

function estimate(found: RunEstimate | null): string {
  if (found === null) return '–';
  const { value, interval } = found;
  return `${digits(value)}${interval === null ? '' : ` [${digits(interval.low)}, ${digits(interval.high)}]`}`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}
