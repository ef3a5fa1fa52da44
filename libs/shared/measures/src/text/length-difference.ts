/** How much longer the derivative's text is, as a share of the baseline's, in code points: −.09 is 9 % shorter. Null where the baseline's is empty. */
export function lengthDifference(baseline: string, derivative: string): number | null {
  const [ours, theirs] = [codePointsIn(baseline), codePointsIn(derivative)];
  return ours === 0 ? null : (theirs - ours) / ours;
}

function codePointsIn(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
