import type { Comparison, ComparisonContent } from '@tandem/shared/contracts';
import type { ExportFormat } from '../requests/queries.dto';
import { toCsv } from './to-csv';
import { toHtml } from './to-html';
import { toMarkdown } from './to-markdown';

export interface ExportFile {
  readonly type: string;
  readonly text: string;
}

/** A comparison as a file that somebody takes along. */
export function exportFile(comparison: Comparison, format: ExportFormat): ExportFile {
  switch (format) {
    case 'json':
      return { type: 'application/json', text: `${JSON.stringify(contentOf(comparison), null, 2)}\n` };
    case 'jsonl':
      return { type: 'application/x-ndjson', text: toJsonLines(comparison) };
    case 'csv':
      return { type: 'text/csv', text: toCsv(comparison) };
    case 'md':
      return { type: 'text/markdown', text: toMarkdown(comparison) };
    case 'html':
      return { type: 'text/html', text: toHtml(comparison) };
    default:
      return format satisfies never;
  }
}

/** What can be sent again, to this server or to another. */
function contentOf({ title, note, baseline, derivative, system, parameters, config_version, turns }: Comparison): ComparisonContent {
  return { title, note, baseline, derivative, system, parameters, config_version, turns };
}

/** A line for each turn, each with what holds for all of them. */
function toJsonLines({ turns, id, title, note, ...rest }: Comparison): string {
  const { baseline, derivative, ...common } = rest;
  const lines = turns.map((turn, number) => ({ id, title, note, baseline_id: baseline, derivative_id: derivative, ...common, turn: number, ...turn }));
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
