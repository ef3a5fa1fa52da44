/** Whose a piece of text is; a mark is nobody's. */
export type SaidRole = 'answer' | 'thought' | 'mark';

export interface Said {
  readonly text: string;
  readonly role: SaidRole;
}

/** Where the text goes after each mark, given the header that stood before it. */
export type Marks = ReadonlyMap<string, (header: string) => Stage>;

/** White space, then one of the marks, or something else. */
export interface AnchoredStage {
  readonly kind: 'anchored';
  /** Between two messages, where the answer has not begun. */
  readonly isBetween?: true;
  /** Whose the white space is. Default: the answer's. */
  readonly blank?: SaidRole;
  readonly marks: Marks;
  readonly otherwise: () => Stage;
}

/** Text up to any of the marks. */
export interface TextStage {
  readonly kind: 'text';
  readonly role: SaidRole;
  readonly marks: Marks;
  /** Those behind which nothing more is said. */
  readonly last?: ReadonlySet<string>;
}

/** A few words that belong to a mark, up to another one. */
export interface HeaderStage {
  readonly kind: 'header';
  readonly marks: Marks;
  /** What the header is when no mark ends it: how much of it is name, and where the rest belongs. */
  readonly unfinished: (header: string) => { readonly nameLength: number; readonly next: Stage };
}

export type Stage = AnchoredStage | TextStage | HeaderStage;

const EXPRESSIONS = new WeakMap<Marks, RegExp>();

/** Where the first of the marks stands. One pass, however many marks there are. */
export function firstMark(text: string, marks: Marks): { readonly index: number; readonly mark: string } | null {
  if (marks.size === 0) return null;
  let expression = EXPRESSIONS.get(marks);
  if (expression === undefined) {
    expression = new RegExp([...marks.keys()].map((mark) => mark.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|'));
    EXPRESSIONS.set(marks, expression);
  }
  const found = expression.exec(text);
  return found === null ? null : { index: found.index, mark: found[0] };
}

/** How many characters at the end of a text can still become one of the marks. */
export function possibleMark(text: string, marks: Marks): number {
  let longest = 0;
  for (const mark of marks.keys()) {
    for (let length = Math.min(mark.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(mark.slice(0, length))) longest = length;
    }
  }
  return longest;
}
