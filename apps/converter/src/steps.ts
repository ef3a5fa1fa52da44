/** Often enough to be watched, too seldom to cost anything. */
const STEPS = 50;

/** Passes on about fifty of the reports that a conversion makes, the last one always. */
export class Steps {
  private last = -1;

  constructor(private readonly onStep: (written: number, total: number) => void) {}

  report(written: number, total: number): void {
    const step = Math.floor((written / total) * STEPS);
    if (step === this.last) return;
    this.last = step;
    this.onStep(written, total);
  }
}
