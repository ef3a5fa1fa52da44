import type { RawPrompt } from './raw-prompt';
import { noJson } from './set-fault';

/** One JSON object a line; lines that are blank are passed over. @throws Fault for a line that is none */
export function* readJsonLines(text: string): Iterable<RawPrompt> {
  let line = 0;
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    const piece = text.slice(from, to);
    line += 1;
    from = to + 1;
    if (piece.trim() !== '') yield { line, value: parseJson(piece, line) };
  }
}

/** @throws Fault with the line */
export function parseJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noJson(line);
  }
}
