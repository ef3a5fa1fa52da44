import { piecesOf } from '@tandem/shared/measures';
import { type Part } from './part';
import { type Unit } from './unit';

export function* wordsIn(text: string, { begin, end }: Part): Generator<Unit> {
  for (const piece of piecesOf(text.slice(begin, end))) {
    const at = begin + piece.at;
    yield { begin: at, end: at + piece.text.length, key: piece.text };
  }
}

/** They end with their line at the latest; the number of a list's item belongs to its sentence (Unicode, UAX 29). White space in them does not matter. */
export function* sentencesIn(text: string, { begin, end }: Part): Generator<Unit> {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  let from: number | undefined;
  for (const { segment, index } of segmenter.segment(text.slice(begin, end))) {
    from ??= begin + index;
    const to = begin + index + segment.length;
    const isNumber = !/\p{L}/u.test(segment) && !segment.endsWith('\n') && to < end;
    if (isNumber) continue;
    const sentence = text.slice(from, to);
    if (sentence.trim() !== '') yield unitOf(sentence, from);
    from = undefined;
  }
}

function unitOf(sentence: string, at: number): Unit {
  const words = sentence.trim();
  const begin = at + sentence.indexOf(words);
  return { begin, end: begin + words.length, key: words.replace(/\s+/g, ' ') };
}
