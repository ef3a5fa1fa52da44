/**
 * Lets text through up to the first of some stop strings. What could still become one is held back until it is clear.
 */
export class StopMatcher {
  private held = '';
  private hasMatched = false;

  constructor(private readonly stops: readonly string[]) {}

  get isStopped(): boolean {
    return this.hasMatched;
  }

  /** The part of the text so far that is certain and was not given out yet. */
  push(text: string): string {
    if (this.hasMatched) return '';
    this.held += text;
    const match = this.firstMatch();
    if (match >= 0) {
      this.hasMatched = true;
      return this.release(match);
    }
    return this.release(this.held.length - this.possibleStart());
  }

  /** What was held back in vain. */
  flush(): string {
    return this.hasMatched ? '' : this.release(this.held.length);
  }

  private release(length: number): string {
    const text = this.held.slice(0, length);
    this.held = this.held.slice(length);
    return text;
  }

  private firstMatch(): number {
    const places = this.stops.map((stop) => this.held.indexOf(stop)).filter((place) => place >= 0);
    return places.length === 0 ? -1 : Math.min(...places);
  }

  /** How many characters at the end could be the beginning of a stop string. */
  private possibleStart(): number {
    let longest = 0;
    for (const stop of this.stops) {
      for (let length = Math.min(stop.length - 1, this.held.length); length > longest; length--) {
        if (this.held.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
