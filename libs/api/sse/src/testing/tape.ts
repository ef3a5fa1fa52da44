import type { Backlog } from '../event-writer';

/** A backlog that a test writes. */
export class Tape implements Backlog {
  hasEnded = false;
  isLagging = false;
  /** Frames up to this number are kept no more. */
  forgotten = 0;
  private readonly texts: string[] = [];
  private readonly followers = new Set<() => void>();

  get frames(): number {
    return this.texts.length;
  }

  get readers(): number {
    return this.followers.size;
  }

  reaches(after: number): boolean {
    return after >= this.forgotten;
  }

  charactersAfter(after: number): number {
    return this.texts.slice(after).reduce((sum, text) => sum + text.length, 0);
  }

  watch(onNews: () => void) {
    this.followers.add(onNews);
    return { lag: (isBehind: boolean) => void (this.isLagging = isBehind), leave: () => void this.followers.delete(onNews) };
  }

  readonly textOf = (number: number): string => this.texts[number - 1] ?? '';

  say(...texts: readonly string[]): void {
    for (const text of texts) {
      this.texts.push(text);
      this.tell();
    }
  }

  end(): void {
    this.hasEnded = true;
    this.tell();
  }

  private tell(): void {
    for (const onNews of [...this.followers]) onNews();
  }
}
