/** Never 100 % before it is done. */
export function sayPercent(progress: number): string {
  return `${Math.floor(progress * 100)} %`;
}

/** "converting 40 %"; the word alone where nobody knows how far it is. */
export function sayProgress(word: string, progress: number | undefined): string {
  return progress === undefined ? word : `${word} ${sayPercent(progress)}`;
}
