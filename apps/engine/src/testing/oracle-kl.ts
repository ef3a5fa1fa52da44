/** Σ p ln(p / q) over a whole vocabulary, by its definition; by logits or log-probabilities, one for each token. */
export function oracleKl(baseline: ArrayLike<number>, derivative: ArrayLike<number>): number {
  const [ours, theirs] = [logTotalOf(baseline), logTotalOf(derivative)];
  let sum = 0;
  for (let token = 0; token < baseline.length; token++) {
    const [p, q] = [(baseline[token] ?? NaN) - ours, (derivative[token] ?? NaN) - theirs];
    sum += Math.exp(p) * (p - q);
  }
  return sum;
}

function logTotalOf(logits: ArrayLike<number>): number {
  let highest = -Infinity;
  for (let token = 0; token < logits.length; token++) highest = Math.max(highest, logits[token] ?? NaN);
  let total = 0;
  for (let token = 0; token < logits.length; token++) total += Math.exp((logits[token] ?? NaN) - highest);
  return highest + Math.log(total);
}
