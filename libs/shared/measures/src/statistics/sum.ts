/** Neumaier's compensated sum: the error does not grow with the number of values, which a vocabulary has by the hundred thousand. */
export class Sum {
  private total = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.total + value;
    // infinity less infinity would be no number
    if (Number.isFinite(next)) this.lost += Math.abs(this.total) >= Math.abs(value) ? this.total - next + value : value - next + this.total;
    this.total = next;
  }

  get value(): number {
    return this.total + this.lost;
  }
}

export function sumOf(values: Iterable<number>): number {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum.value;
}

/** NaN of no values. */
export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}
