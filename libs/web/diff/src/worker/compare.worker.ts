import { compare } from '@tandem/shared/differences';
import { type Answer, type Asked } from './messages';

/** Compares off the page's own thread: one question after another. */
addEventListener('message', ({ data: { id, question } }: MessageEvent<Asked>) => {
  const answer: Answer = { id, comparison: compare(question) };
  postMessage(answer);
});
