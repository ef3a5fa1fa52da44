import type { TokenLogprob } from '@tandem/shared/contracts';
import type { EngineProgress, OfferedTools } from '@tandem/shared/engine-protocol';
import { marksIn, type Said, type ThoughtFormat, ThoughtSplitter } from '@tandem/shared/thoughts';
import type { Token } from 'node-llama-cpp';
import type { CallFormat } from '../tools/call-formats';
import { ToolDesk } from '../tools/tool-desk';
import { LogprobLedger } from './logprob-ledger';
import { StopMatcher } from './stop-matcher';
import { TokenText } from './token-text';
import type { Vocabulary } from './vocabulary';

export interface WriterOptions {
  readonly vocabulary: Pick<Vocabulary, 'bytesOf' | 'controlTextOf'> & { readonly prompts: { readonly callFormat: CallFormat } };
  /** The forms that this model's thoughts may have. */
  readonly formats: readonly ThoughtFormat[];
  /** What the prompt's end has begun already. */
  readonly opening: string;
  readonly stops: readonly string[];
  /** What the answer may call. */
  readonly tools?: OfferedTools | undefined;
}

const MARKS = marksIn();
/** Stands for nothing, by Unicode's own word. */
const UNSEEN = '\uffff';

/**
 * Makes of an answer's tokens what is told of it: thoughts and answer apart, up to the first stop string. Marks, names of
 * channels and control tokens are never told; a stop string can be a control token all the same. `finish` gives out what
 * was held back.
 */
export class AnswerWriter {
  private readonly text: TokenText;
  private readonly thoughts: ThoughtSplitter;
  private readonly stops: StopMatcher;
  private readonly ledger = new LogprobLedger();
  /** What the stop matcher has not let through yet, by whose it is. */
  private readonly open: { readonly role: Said['role']; readonly control: string; length: number }[] = [];
  private readonly desk: ToolDesk | undefined;

  constructor(
    private readonly options: WriterOptions,
    private readonly report: (progress: EngineProgress) => void,
  ) {
    this.text = new TokenText(options.vocabulary.bytesOf);
    this.thoughts = new ThoughtSplitter({ formats: options.formats, opening: options.opening });
    this.stops = new StopMatcher(options.stops);
    const { tools } = options;
    this.desk = tools && new ToolDesk(tools, options.vocabulary.prompts.callFormat, report);
  }

  get isStopped(): boolean {
    return this.stops.isStopped || this.desk?.isDone === true;
  }

  /** Whether tools were called. */
  get hasCalled(): boolean {
    return this.desk?.hasCalled === true;
  }

  get isThinking(): boolean {
    return this.thoughts.isThinking;
  }

  /** Whether the answer is over by a token: a message of thoughts ends by one that ends other models' answers. */
  isEndedBy(token: Token, isEnd: boolean): boolean {
    const control = this.options.vocabulary.controlTextOf(token);
    return (control === '' ? null : this.thoughts.isLast(control)) ?? isEnd;
  }

  write(token: Token, likely: TokenLogprob | undefined): void {
    const control = this.options.vocabulary.controlTextOf(token);
    const piece = control || this.text.push(token);
    if (likely !== undefined) this.ledger.push(likely, piece.length);
    this.pass(control === '' ? this.thoughts.push(piece) : this.thoughts.pushControl(control), control);
  }

  finish(): void {
    this.pass(this.thoughts.flush());
    this.tell(this.stops.flush());
    this.endCalls();
  }

  /** Gives out what could still have become a call. */
  endCalls(): void {
    this.desk?.end();
  }

  private pass(said: readonly Said[], control = ''): void {
    for (const { text, role } of said) {
      this.open.push({ role, control, length: text.length });
      this.tell(this.stops.push(role === 'mark' ? this.findable(text, control) : text));
    }
  }

  /** A mark as stop strings see it: as a whole where one of them holds it, and else, like the name of a channel, not at all. */
  private findable(mark: string, control: string): string {
    const token = MARKS.has(mark) || mark === control ? mark : mark.slice(0, mark.lastIndexOf('>') + 1);
    const isWanted = token !== '' && this.options.stops.some((stop) => stop.includes(token));
    return isWanted ? token + UNSEEN.repeat(mark.length - token.length) : UNSEEN.repeat(mark.length);
  }

  /** Text that is certain, cut where it is another's. */
  private tell(text: string): void {
    let start = 0;
    while (start < text.length) {
      const [first] = this.open;
      if (first === undefined) throw new Error('more was let through than was said');
      const length = Math.min(first.length, text.length - start);
      this.tellPiece(text.slice(start, start + length), first.role);
      start += length;
      first.length -= length;
      if (first.length > 0) continue;
      this.open.shift();
      if (first.role === 'mark' && first.control !== '') this.desk?.pushMark(first.control);
    }
  }

  private tellPiece(text: string, role: Said['role']): void {
    const likely = this.ledger.release(text.length);
    if (role === 'mark') return;
    if (likely.length > 0 && role === 'answer' && !this.desk?.isInCall) this.report({ type: 'logprobs', tokens: likely });
    if (role === 'answer' && this.desk) this.desk.push(text);
    else this.report({ type: 'text', text, ...(role === 'thought' ? { reasoning: true } : {}) });
  }
}
