const LEAST_SAID = 0.1;

/** "31 MB", "4.2 GB". */
export function sayMegabytes(megabytes: number): string {
  const [amount, unit] = megabytes < 1024 ? [Math.max(megabytes, LEAST_SAID), 'MB'] : [megabytes / 1024, 'GB'];
  return `${amount.toLocaleString('en', { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${unit}`;
}
