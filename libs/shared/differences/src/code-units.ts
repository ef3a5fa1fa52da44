import { piecesOf } from '@tandem/shared/measures';
import { type Part } from './part';
import { type Unit } from './unit';

/** What sets code apart from prose that reads the same. */
const CODE = '\n';

/** Lines that are not empty, with their indentation: in some languages it means something. */
export function* codeLinesIn(text: string, { begin, end }: Part): Generator<Unit> {
  for (let at = begin; at < end;) {
    const next = Math.min(text.indexOf('\n', at) + 1 || end, end);
    const line = text.slice(at, next).trimEnd();
    if (line !== '') yield { begin: at, end: at + line.length, key: CODE + line };
    at = next;
  }
}

/** Names, numbers and signs. The first of a line has its indentation. */
export function* codeWordsIn(text: string, part: Part): Generator<Unit> {
  for (const line of codeLinesIn(text, part)) {
    let begin = line.begin;
    for (const end of endsIn(text.slice(line.begin, line.end))) {
      const written = text.slice(begin, line.begin + end);
      // white space within a line is as anybody likes it
      const word = begin === line.begin ? written : written.trimStart();
      yield { begin: line.begin + end - word.length, end: line.begin + end, key: CODE + word };
      begin = line.begin + end;
    }
  }
}

/** To prose `console.log` is one word; numbers keep their point. */
function* endsIn(line: string): Generator<number> {
  for (const { text, at, isWord } of piecesOf(line)) {
    if (isWord && !/^\d/.test(text)) for (const { index, 0: name } of text.matchAll(/[.:'’·]|[^.:'’·]+/g)) yield at + index + name.length;
    else yield at + text.length;
  }
}
