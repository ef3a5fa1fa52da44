/** A piece of a text that a reader takes as one. */
export interface TextPiece {
  readonly text: string;
  /** Where it begins, in UTF-16 characters. */
  readonly at: number;
  /** Whether it is a word or a number; else a sign. */
  readonly isWord: boolean;
}

/**
 * Words, numbers and signs in their order, without the white space between them; one at a time. Languages that write no spaces
 * are cut into words as well, and no character that is made of several is cut (Unicode, UAX 29).
 */
export function* piecesOf(text: string): Generator<TextPiece, undefined> {
  // the locale hardly matters to words: a fixed one cuts the same way everywhere
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (segment.trim() !== '') yield { text: segment, at: index, isWord: isWordLike === true };
  }
}
