import type { CallFormat } from './call-formats';
import type { GivenCall } from './parse-calls';

/** What an answer says: text, or a call of a tool. */
export type Said = { readonly text: string } | { readonly call: GivenCall };

export interface CallReaderOptions {
  readonly format: CallFormat;
  /** Of the tools that may be called. */
  readonly names: ReadonlySet<string>;
  /** Whether the prompt has begun a call already. */
  readonly isBegun: boolean;
}

/**
 * Tells the tools that an answer calls from its text, whatever pieces it comes in. What looks like a call and is none is
 * text; white space around calls is not told.
 */
export class CallReader {
  /** White space that may stand before a call, or what may become a mark. */
  private held = '';
  /** What follows the mark that began a call; null outside of calls. */
  private body: string | null;
  private said: Said[] = [];
  private hasText = false;
  private count = 0;

  constructor(private readonly options: CallReaderOptions) {
    this.body = options.isBegun ? '' : null;
  }

  get calls(): number {
    return this.count;
  }

  get isInCall(): boolean {
    return this.body !== null;
  }

  /** A control token. */
  pushMark(mark: string): Said[] {
    const { begin } = this.options.format;
    if (mark === begin || mark.trim() === this.options.format.end) return this.push(mark);
    if (this.body !== null) this.body += mark;
    return [];
  }

  push(text: string): Said[] {
    this.held += text;
    while (this.step()) continue;
    return this.take();
  }

  /** Nothing follows. */
  end(): Said[] {
    if (this.body !== null) this.close(this.body + this.held);
    else if (this.count === 0 || this.held.trim() !== '') this.say(this.held);
    this.held = '';
    return this.take();
  }

  private step(): boolean {
    return this.body === null ? this.findBegin() : this.findEnd(this.body);
  }

  private findBegin(): boolean {
    const { begin, aside = '' } = this.options.format;
    if (begin === null) return this.findObject(aside);
    const at = this.held.indexOf(begin);
    if (at < 0) {
      const rest = possibleEnd(this.held, begin);
      // a call may follow white space
      const certain = this.held.slice(0, this.held.length - rest).trimEnd();
      this.say(certain);
      this.held = this.held.slice(certain.length);
      return false;
    }
    this.say(this.held.slice(0, at).trimEnd());
    this.held = this.held.slice(at + begin.length);
    this.body = '';
    return true;
  }

  /** A call is all of an answer. */
  private findObject(aside: string): boolean {
    const start = this.held.trimStart();
    if (!this.hasText && aside !== '' && start.startsWith(aside)) {
      this.held = start.slice(aside.length);
      return true;
    }
    const mayBegin = !this.hasText && (start === '' || (aside !== '' && aside.startsWith(start)));
    if (mayBegin) return false;
    if (!this.hasText && start.startsWith('{')) {
      this.body = '';
      return true;
    }
    this.say(this.held);
    this.held = '';
    return false;
  }

  private findEnd(body: string): boolean {
    const { begin, end } = this.options.format;
    const mark = end ?? begin;
    const at = mark === null ? -1 : (body + this.held).indexOf(mark);
    const all = body + this.held;
    if (mark === null || at < 0) {
      this.body = all;
      this.held = '';
      return false;
    }
    this.body = null;
    this.close(all.slice(0, at));
    this.held = all.slice(at + mark.length);
    // the mark that ends it begins the next one
    if (end === null) this.body = '';
    return true;
  }

  private close(body: string): void {
    this.body = null;
    const { format, names } = this.options;
    const calls = format.parse(body.trim());
    const isMeant = calls?.every(({ name }) => format.begin !== null || names.has(name));
    if (!calls || !isMeant) return this.say(`${format.begin ?? ''}${body}`);
    for (const call of calls) this.said.push({ call });
    this.count += calls.length;
  }

  private say(text: string): void {
    if (text === '') return;
    this.hasText = true;
    this.said.push({ text });
  }

  private take(): Said[] {
    const { said } = this;
    this.said = [];
    return said;
  }
}

/** How many characters at the end of a text can still become the mark. */
function possibleEnd(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) if (text.endsWith(mark.slice(0, length))) return length;
  return 0;
}
