/** "converting 40 %"; the word alone where nobody knows how far it is. Never 100 % before it is done. */
export function sayProgress(word: string, progress: number | undefined): string {
  return progress === undefined ? word : `${word} ${Math.floor(progress * 100)} %`;
}
