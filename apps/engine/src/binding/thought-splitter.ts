const OPEN = '<think>';
const CLOSE = '</think>';

export interface Said {
  readonly text: string;
  readonly isThought: boolean;
}

/**
 * Tells a model's thoughts from its answer, whatever pieces the text comes in: thoughts stand at the beginning, between
 * tags that are part of them. A tag in the middle of an answer is text. Nothing is lost or added.
 */
export class ThoughtSplitter {
  private state: 'start' | 'thinking' | 'answering';
  private held = '';

  /** `isThinking`: the prompt ends within a thought already. */
  constructor(isThinking: boolean) {
    this.state = isThinking ? 'thinking' : 'start';
  }

  /** Whether what comes next belongs to the thoughts. */
  get isThinking(): boolean {
    return this.state === 'thinking';
  }

  push(text: string): Said[] {
    this.held += text;
    const said: Said[] = [];
    if (this.state === 'start') this.begin(said);
    if (this.state === 'thinking') this.think(said);
    if (this.state === 'answering') this.release(said, this.held.length, false);
    return said;
  }

  /** What was held back in vain. */
  flush(): Said[] {
    const said: Said[] = [];
    this.release(said, this.held.length, this.state === 'thinking');
    return said;
  }

  private begin(said: Said[]): void {
    this.release(said, this.held.length - this.held.trimStart().length, false);
    if (this.held.startsWith(OPEN)) this.state = 'thinking';
    else if (!OPEN.startsWith(this.held)) this.state = 'answering';
  }

  private think(said: Said[]): void {
    const end = this.held.indexOf(CLOSE);
    if (end >= 0) {
      this.release(said, end + CLOSE.length, true);
      this.state = 'answering';
      return;
    }
    let possible = Math.min(CLOSE.length - 1, this.held.length);
    while (!this.held.endsWith(CLOSE.slice(0, possible))) possible--;
    this.release(said, this.held.length - possible, true);
  }

  private release(said: Said[], length: number, isThought: boolean): void {
    if (length === 0) return;
    said.push({ text: this.held.slice(0, length), isThought });
    this.held = this.held.slice(length);
  }
}
