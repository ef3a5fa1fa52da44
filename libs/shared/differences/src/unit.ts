import { type Part, partsOf } from './part';
import { codeLinesIn, codeWordsIn } from './code-units';
import { sentencesIn, wordsIn } from './prose-units';

/** What is compared as one. Places are in UTF-16 characters of the whole answer; white space between units belongs to none. */
export interface Unit {
  readonly begin: number;
  readonly end: number;
  /** Units with the same key are the same. */
  readonly key: string;
}

/** Words, numbers and signs; or whole sentences, and whole lines of code. */
export type UnitKind = 'words' | 'sentences';

type Cut = (text: string, part: Part) => Iterable<Unit>;

const CUTS: Readonly<Record<UnitKind, { readonly prose: Cut; readonly code: Cut }>> = {
  words: { prose: wordsIn, code: codeWordsIn },
  sentences: { prose: sentencesIn, code: codeLinesIn },
};

/** Prose is never the same as code. */
export function unitsOf(text: string, kind: UnitKind): readonly Unit[] {
  const { prose, code } = CUTS[kind];
  return partsOf(text).flatMap((part) => [...(part.isCode ? code : prose)(text, part)]);
}
