import { THOUGHT_FORMATS, type ThoughtFormat } from './formats';
import { channelStages } from './harmony-stages';
import { type AnchoredStage, firstMark, type HeaderStage, type Marks, possibleMark, type Said, type SaidRole, type Stage, type TextStage } from './stage';
import { PLAIN_ANSWER, taggedStages } from './tagged-stages';

/** Of a header without an end: from then on it is text. */
const MAX_HEADER_CHARACTERS = 200;

export interface ThoughtSplitterOptions {
  /** The forms that thoughts may have. Default: all that are known. */
  readonly formats?: readonly ThoughtFormat[];
  /** What was said before, by a chat template or by the model itself: `<think>`, or the beginning of an answer. */
  readonly opening?: string;
  /** The form of a thought that text begins in the middle of, unless it begins with a mark. Default: none. */
  readonly begunIn?: ThoughtFormat | undefined;
}

/**
 * Tells a model's thoughts from its answer, whatever pieces the text comes in. The pieces it gives make up the text
 * exactly; those that are marks are nobody's. It goes over each character once and holds back only what may become a mark.
 */
export class ThoughtSplitter {
  private readonly start: Stage;
  private stage: Stage;
  private held = '';
  private said: Said[] = [];

  constructor({ formats = THOUGHT_FORMATS, opening = '', begunIn }: ThoughtSplitterOptions = {}) {
    this.start = startOf(formats);
    this.stage = begunIn === undefined ? this.start : withinThought(this.start, begunIn);
    this.push(opening);
    // it was said already
    this.held = '';
  }

  /** Whether what comes next belongs to the thoughts, as far as can be told. */
  get isThinking(): boolean {
    const { stage } = this;
    return stage.kind === 'header' || (stage.kind === 'text' ? stage.role === 'thought' : stage.isBetween === true);
  }

  /** Whether all that comes next is the answer, whatever it is. */
  get isPlain(): boolean {
    return this.stage === PLAIN_ANSWER && this.held === '';
  }

  /** Whether nothing is said behind a mark that comes now; null where it means nothing here. */
  isLast(mark: string): boolean | null {
    if (!this.stage.marks.has(mark)) return null;
    return this.stage.kind === 'text' && this.stage.last?.has(mark) === true;
  }

  /** A control token: no answer speaks of it, so that it can begin another thought, and means nothing where it does not belong. */
  pushControl(token: string): Said[] {
    const before = this.stage.kind === 'header' ? [] : this.flush();
    if (!begins(this.stage.marks, token)) {
      if (!begins(this.start.marks, token)) return [...before, { text: token, role: 'mark' }];
      this.stage = this.start;
    }
    return [...before, ...this.push(token)];
  }

  push(text: string): Said[] {
    this.held += text;
    while (this.held !== '' && this.step()) continue;
    return this.take();
  }

  /** What was held back in vain. */
  flush(): Said[] {
    if (this.stage.kind === 'header') this.endHeader(this.stage);
    this.say(this.held.length, this.stage.kind === 'text' ? this.stage.role : 'answer');
    return this.take();
  }

  /** Whether there is more to do with what is held. */
  private step(): boolean {
    switch (this.stage.kind) {
      case 'anchored':
        return this.begin(this.stage);
      case 'text':
        return this.goOn(this.stage);
      case 'header':
        return this.read(this.stage);
      default:
        return this.stage satisfies never;
    }
  }

  private begin({ marks, otherwise, blank = 'answer' }: AnchoredStage): boolean {
    this.say(this.held.length - this.held.trimStart().length, blank);
    const mark = [...marks.keys()].find((known) => this.held.startsWith(known));
    if (mark !== undefined) return this.pass(mark, '', marks);
    if ([...marks.keys()].some((known) => known.startsWith(this.held))) return false;
    this.stage = otherwise();
    return true;
  }

  private goOn({ role, marks }: TextStage): boolean {
    const found = firstMark(this.held, marks);
    this.say(found?.index ?? this.held.length - possibleMark(this.held, marks), role);
    return found !== null && this.pass(found.mark, '', marks);
  }

  private read(stage: HeaderStage): boolean {
    const found = firstMark(this.held, stage.marks);
    if (found === null || found.index > MAX_HEADER_CHARACTERS) {
      if (this.held.length <= MAX_HEADER_CHARACTERS) return false;
      this.endHeader(stage);
      return true;
    }
    const name = this.held.slice(0, found.index);
    this.say(found.index, 'mark');
    return this.pass(found.mark, name, stage.marks);
  }

  private endHeader(stage: HeaderStage): void {
    const { nameLength, next } = stage.unfinished(this.held);
    this.say(nameLength, 'mark');
    this.stage = next;
  }

  private pass(mark: string, before: string, marks: Marks): true {
    this.say(mark.length, 'mark');
    this.stage = marks.get(mark)?.(before) ?? PLAIN_ANSWER;
    return true;
  }

  private say(length: number, role: SaidRole): void {
    if (length === 0) return;
    this.said.push({ text: this.held.slice(0, length), role });
    this.held = this.held.slice(length);
  }

  private take(): Said[] {
    const { said } = this;
    this.said = [];
    return said;
  }
}

/** What begins with no mark is a thought already. */
function withinThought({ marks }: Stage, format: ThoughtFormat): Stage {
  const begin = format.kind === 'tagged' ? format.begin : format.channel;
  return { kind: 'anchored', blank: 'thought', marks, otherwise: () => marks.get(begin)?.('') ?? PLAIN_ANSWER };
}

function begins(marks: Marks, token: string): boolean {
  return [...marks.keys()].some((mark) => mark.startsWith(token));
}

/** Stages hold nothing of what was said: all answers of the same formats go through the same. */
const STARTS = new WeakMap<readonly ThoughtFormat[], Stage>();

function startOf(formats: readonly ThoughtFormat[]): Stage {
  const known = STARTS.get(formats);
  if (known !== undefined) return known;
  const begins = formats.flatMap((format) => (format.kind === 'channels' ? [...channelStages(format)] : [taggedStages(format)]));
  const start: Stage = { kind: 'anchored', marks: new Map(begins), otherwise: () => PLAIN_ANSWER };
  STARTS.set(formats, start);
  return start;
}
