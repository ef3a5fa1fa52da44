import { Sum } from '../statistics/sum';

/** ln Σ eˣ, without overflow: what a logit is less by to be a log-probability. −Infinity of no values. */
export function logSumExp(logits: ArrayLike<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < logits.length; index++) most = Math.max(most, logits[index] ?? Number.NaN);
  if (!Number.isFinite(most)) return most;
  const sum = new Sum();
  for (let index = 0; index < logits.length; index++) sum.add(Math.exp((logits[index] ?? Number.NaN) - most));
  return most + Math.log(sum.value);
}
