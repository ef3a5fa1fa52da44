import type { Comparison, ComparisonContent } from '@tandem/shared/contracts';
import type { ExportFormat } from '../requests/queries.dto';
import type { Exported } from './exported';
import { toCsv } from './to-csv';
import { toHtml } from './to-html';
import { toMarkdown } from './to-markdown';

export interface ExportFile {
  readonly type: string;
  /** In order; each is made when it is read, in some milliseconds. */
  readonly pieces: Iterable<string>;
}

/** A comparison as a file that somebody takes along. */
export function exportFile(exported: Exported, format: ExportFormat): ExportFile {
  const { comparison } = exported;
  switch (format) {
    case 'json':
      return { type: 'application/json', pieces: [`${JSON.stringify(contentOf(comparison), null, 2)}\n`] };
    case 'jsonl':
      return { type: 'application/x-ndjson', pieces: toJsonLines(comparison) };
    case 'csv':
      return { type: 'text/csv', pieces: [toCsv(comparison)] };
    case 'md':
      return { type: 'text/markdown', pieces: toMarkdown(exported) };
    case 'html':
      return { type: 'text/html', pieces: toHtml(exported) };
    default:
      return format satisfies never;
  }
}

/** What can be sent again, to this server or to another. */
function contentOf({ title, note, baseline, derivative, system, parameters, config_version, turns }: Comparison): ComparisonContent {
  return { title, note, baseline, derivative, system, parameters, config_version, turns };
}

/** A line for each turn, each with what holds for all of them. */
function* toJsonLines({ turns, id, title, note, ...rest }: Comparison): Generator<string> {
  const { baseline, derivative, ...common } = rest;
  for (const [number, turn] of turns.entries()) {
    yield `${JSON.stringify({ id, title, note, baseline_id: baseline, derivative_id: derivative, ...common, turn: number, ...turn })}\n`;
  }
}
