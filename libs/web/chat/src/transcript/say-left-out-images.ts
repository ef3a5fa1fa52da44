/** Why the next question goes without images that stand in the transcript; empty where it takes all of them along. */
export function sayLeftOutImages(leftOut: number, all: number, mayTakeImages: boolean): string {
  if (leftOut === 0) return '';
  if (!mayTakeImages) return 'Not sent: this model takes no images';
  const what = leftOut === all ? 'Not sent any more' : `${leftOut} of ${all} not sent any more`;
  return `${what}: newer images take all the room there is`;
}
