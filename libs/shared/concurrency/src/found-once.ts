/** Something that is found out once. Those who ask meanwhile wait for the same; what failed is found out anew by the next. */
export class FoundOnce<T> {
  private found: Promise<T> | undefined;

  constructor(private readonly find: () => Promise<T>) {}

  get(): Promise<T> {
    if (this.found !== undefined) return this.found;
    const finding = this.find();
    this.found = finding;
    finding.catch(() => {
      if (this.found === finding) this.forget();
    });
    return finding;
  }

  /** It holds no longer. Those who wait still get it. */
  forget(): void {
    this.found = undefined;
  }
}
