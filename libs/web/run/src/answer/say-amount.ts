import { type AnswerView } from './answer-view';

/** "64 tok" as the model's server counted them, else "8 pieces": what came, of which nobody knows how many tokens it is. */
export function sayCount({ tokens, usage }: Pick<AnswerView, 'tokens' | 'usage'>): string {
  return usage ? `${tokens} tok` : sayPieces(tokens);
}

/** The same in whole words, for a screen reader. */
export function sayCountInFull({ tokens, usage }: Pick<AnswerView, 'tokens' | 'usage'>): string {
  return usage ? `${tokens} tokens` : sayPieces(tokens);
}

/** "118 tok/s", or "16 pieces/s" where nobody counted tokens. */
export function saySpeed(perSecond: number, isCounted: boolean): string {
  return `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)} ${isCounted ? 'tok' : 'pieces'}/s`;
}

/** "42 ms", or "1.2 s". */
export function sayMilliseconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function sayPieces(count: number): string {
  return count === 1 ? '1 piece' : `${count} pieces`;
}
