const SMALL = 16;

/** ln n! by Stirling's series; below 16, where the series is too coarse, by multiplication. */
function logFactorial(n: number): number {
  if (n >= SMALL) return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5) - 1 / (1680 * n ** 7);
  let product = 1;
  for (let factor = 2; factor <= n; factor++) product *= factor;
  return Math.log(product);
}

/** The natural logarithm of how many ways there are to choose `k` of `n`; 0 ≤ k ≤ n. */
export function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
