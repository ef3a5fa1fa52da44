import { readChoice } from './read-choice';

export const TEXT_SIZES = ['small', 'normal', 'large', 'largest'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export const TEXT_SIZE_KEY = 'tandem.text-size';

export function readTextSize(): TextSize {
  return readChoice(TEXT_SIZE_KEY, TEXT_SIZES, 'normal');
}

/** What the styles go by. */
export function markTextSize(size: TextSize): void {
  document.documentElement.dataset['textSize'] = size;
}
