import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CsvError, Info } from 'csv-parse';
import type { RawPrompt } from './raw-prompt';
import { parseJson } from './read-jsonl';
import { setFault } from './set-fault';

const COLUMNS = ['id', 'prompt', 'messages', 'system', 'reference', 'tags', 'check'] as const;
/** Columns whose cells are JSON. */
const JSON_COLUMNS = new Set(['messages', 'check']);
/** What is parsed before others have their turn: a few milliseconds' worth. */
const PIECE_CHARACTERS = 32_768;

interface Row {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: Pick<Info, 'lines'>;
}

/**
 * Comma-separated, with a first line that names the columns. A cell that is empty says nothing; tags stand apart by semicolons.
 * @throws Fault
 */
export async function* readCsv(text: string): AsyncIterable<RawPrompt> {
  let columns: readonly string[] | undefined;
  for await (const row of rowsOf(text)) {
    if (columns === undefined) {
      columns = row.record.map((name) => name.trim().toLowerCase());
      refuseColumns(columns);
      continue;
    }
    const line = firstLine(row);
    if (row.record.length !== columns.length) {
      throw setFault(`this has ${row.record.length} cells, but the first line names ${columns.length} columns`, { line });
    }
    const cells = columns.map((name, at): [string, string] => [name, row.record[at] ?? '']).filter(([, cell]) => cell !== '');
    yield { line, value: Object.fromEntries(cells.map(([name, cell]) => [name, valueOf(name, cell, line)])) };
  }
}

async function* rowsOf(text: string): AsyncIterable<Row> {
  // no start waits for it
  const { parse } = await import('csv-parse');
  const parser = parse({ info: true, raw: true, skip_empty_lines: true, relax_column_count: true, record_delimiter: '\n' });
  const rows: Row[] = [];
  let failed: CsvError | undefined;
  parser.on('readable', () => {
    for (let row = parser.read() as Row | null; row !== null; row = parser.read() as Row | null) rows.push(row);
  });
  parser.on('error', (error: CsvError) => (failed = error));
  const plain = text.replace(/\r\n?/g, '\n');
  try {
    for (let from = 0; from <= plain.length && failed === undefined; from += PIECE_CHARACTERS) {
      const piece = plain.slice(from, from + PIECE_CHARACTERS);
      if (from + PIECE_CHARACTERS > plain.length) parser.end(piece);
      else parser.write(piece);
      await nextTurn();
      yield* rows.splice(0);
    }
    if (failed !== undefined) throw notCsv(failed);
  } finally {
    parser.destroy();
  }
}

function notCsv({ lines }: CsvError & { readonly lines?: number }): Error {
  const what = 'this is not valid CSV: a cell with a comma, a quotation mark or a line break stands in quotation marks, and those in it are doubled';
  return setFault(what, { line: lines ?? 1 });
}

function refuseColumns(columns: readonly string[]): void {
  const nameless = columns.indexOf('');
  if (nameless !== -1) throw setFault(`column ${nameless + 1} has no name; there are ${COLUMNS.join(', ')}`, { line: 1 });
  const unknown = columns.find((name) => !(COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined) throw setFault(`is no column of a prompt set; there are ${COLUMNS.join(', ')}`, { line: 1, field: unknown.slice(0, 100) });
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) throw setFault('is there twice', { line: 1, field: twice });
}

/** The parser tells the last one; blank lines before the record belong to none. */
function firstLine({ raw, info }: Row): number {
  return info.lines - (raw.trim().match(/\n/g)?.length ?? 0);
}

function valueOf(name: string, cell: string, line: number): unknown {
  if (name === 'tags') return cell.split(';').map((tag) => tag.trim());
  if (!JSON_COLUMNS.has(name)) return cell;
  try {
    return parseJson(cell, line);
  } catch {
    throw setFault('must be JSON', { line, field: name });
  }
}
