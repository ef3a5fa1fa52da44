import { type Run, type Stretch } from './stretches';

/** A paragraph or so: what is laid out by itself. */
export interface Block {
  readonly isCode: boolean;
  /** Whether it goes on with the paragraph or the code of the one before. */
  readonly goesOn: boolean;
  readonly runs: readonly Run[];
}

/** From this length on a block ends with the line, else with the word, in UTF-16 characters: none may take long to lay out. */
const LONG = 1_500;

const PARAGRAPHS = /(?<=\n)(?=[^\S\n]*\n)/;

/** All of the stretches, in blocks; but for the empty lines between them. */
export function blocksOf(stretches: readonly Stretch[]): readonly Block[] {
  const builder = new BlockBuilder();
  for (const { text, ...stretch } of stretches) {
    const paragraphs = stretch.isCode ? [text] : text.split(PARAGRAPHS);
    // those of the other answer stand apart
    const isApart = stretch.kind === 'other' && paragraphs.length > 1;
    const first = paragraphs.findIndex((paragraph) => paragraph.trim() !== '');
    for (const [at, paragraph] of paragraphs.entries()) {
      if (at > 0 || isApart) builder.end(false);
      builder.add({ ...stretch, text: paragraph, isGap: stretch.isGap === true && at === first });
    }
    if (isApart) builder.end(false);
  }
  builder.end(false);
  return builder.blocks;
}

class BlockBuilder {
  readonly blocks: Block[] = [];
  private runs: Run[] = [];
  private length = 0;
  private isCode = false;
  private goesOn = false;

  add({ isCode, text, ...run }: Stretch): void {
    if (isCode !== this.isCode) this.end(false);
    this.isCode = isCode;
    let rest = text;
    for (let cut = cutOf(rest, LONG - this.length); cut < rest.length; cut = cutOf(rest, LONG)) {
      this.push({ ...run, text: rest.slice(0, cut) });
      this.end(true);
      rest = rest.slice(cut);
    }
    this.push({ ...run, text: rest });
  }

  /** `goesOn`: what comes next belongs to it. */
  end(goesOn: boolean): void {
    const runs = withoutEmptyLines(this.runs);
    if (runs.length > 0) this.blocks.push({ isCode: this.isCode, goesOn: this.goesOn, runs });
    this.goesOn = goesOn;
    this.runs = [];
    this.length = 0;
  }

  private push(run: Run): void {
    if (run.text === '') return;
    this.runs.push(run);
    this.length += run.text.length;
  }
}

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** Where to cut a text that should be no longer than `room`. */
function cutOf(text: string, room: number): number {
  if (text.length <= room) return text.length;
  const at = Math.max(0, room);
  const line = text.indexOf('\n', at) + 1;
  if (line > 0 && line <= at + LONG) return line;
  if (text.length <= at + 1) return text.length;
  return text.lastIndexOf(' ', at) + 1 || words.segment(text).containing(at)?.index || at;
}

function withoutEmptyLines(runs: readonly Run[]): readonly Run[] {
  const trimmed = runs.map((run) => ({ ...run }));
  for (const run of trimmed) {
    run.text = run.text.replace(/^\s*\n/, '');
    if (run.text !== '') break;
  }
  for (const run of trimmed.toReversed()) {
    run.text = run.text.trimEnd();
    if (run.text !== '') break;
  }
  return trimmed.filter(({ text }) => text !== '');
}
