/** Characters that stand for nothing, by Unicode's own word: candidates for a mark that no text of ours contains. */
const CANDIDATES = Array.from({ length: 32 }, (_, index) => String.fromCharCode(0xfdd0 + index));

/** Finds control tokens written out in a text; of several at one place, the longest. */
export class ControlTexts {
  private readonly pattern: RegExp | null;

  constructor(texts: readonly string[]) {
    // One that is a single character could not be told from text.
    const longest = texts.filter((text) => text.length > 1).sort((one, other) => other.length - one.length);
    this.pattern = longest.length === 0 ? null : new RegExp(longest.map(escaped).join('|'), 'g');
  }

  in(text: string): readonly { readonly index: number; readonly text: string }[] {
    return this.pattern === null ? [] : [...text.matchAll(this.pattern)].map(({ index, 0: found }) => ({ index, text: found }));
  }
}

/** A character that is in none of the texts. */
export function unusedMark(texts: readonly string[]): string {
  const mark = CANDIDATES.find((candidate) => !texts.some((text) => text.includes(candidate)));
  if (mark === undefined) throw new Error('the text holds every character that is never used');
  return mark;
}

/**
 * Puts marks around a text, inside the white space that a template may trim, and into every control token that is
 * written out in it: what holds a mark afterwards came from the conversation and not from the template.
 */
export function marked(text: string, mark: string, controls: ControlTexts): string {
  const core = text.trim();
  if (core === '') return text;
  const start = text.indexOf(core);
  return text.slice(0, start) + mark + broken(core, mark, controls) + mark + text.slice(start + core.length);
}

/** Puts marks into every control token that is written out in a text. */
export function broken(text: string, mark: string, controls: ControlTexts): string {
  let done = '';
  let end = 0;
  for (const { index } of controls.in(text)) {
    done += text.slice(end, index + 1) + mark;
    end = index + 1;
  }
  return done + text.slice(end);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
