/** How many words a text has, in any language (Unicode, UAX 29). Signs are none. */
export function wordCount(text: string): number {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  let count = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike === true) count += 1;
  return count;
}
