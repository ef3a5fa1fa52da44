import { RefusedCheckpoint } from '@tandem/import/formats';

/** As GGUF numbers them. */
export const TOKEN_TYPE = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/** Everything llama.cpp needs to turn text into a model's token ids, whichever file it came from. */
export interface Vocabulary {
  readonly model: 'gpt2' | 'llama';
  /** llama.cpp's name for how text is cut before merging; null where there is no such step. */
  readonly preTokenizer: string | null;
  readonly tokens: readonly string[];
  readonly types: readonly number[];
  readonly scores: readonly number[] | null;
  readonly merges: readonly string[] | null;
  readonly bos: number | null;
  /** The tokens that end an answer, the usual one first. */
  readonly ends: readonly number[];
  readonly unknown: number | null;
  readonly addsBos: boolean;
  readonly addsEos: boolean;
  readonly addsSpacePrefix: boolean | null;
  /** Where it came from, for people. */
  readonly title: string;
  /** What it leaves out of the original, for people. */
  readonly notes: readonly string[];
}

const UNUSED_SCORE = -10_000;

/** As many tokens as the weights have rows: rows that no token has become unused ones. */
export function fitted(vocabulary: Vocabulary, rows: number): Vocabulary {
  const { length } = vocabulary.tokens;
  if (length > rows)
    throw new RefusedCheckpoint(
      'tokenizer',
      `The tokenizer (${vocabulary.title}) has ${length} tokens and the weights have rows for ${rows}: they do not belong together.`,
    );
  const unused = Array.from({ length: rows - length }, (_, index) => `[PAD${length + index}]`);
  const tokens = [...vocabulary.tokens, ...unused];
  refuseTwins(tokens);
  return {
    ...vocabulary,
    tokens,
    types: [...vocabulary.types, ...unused.map(() => TOKEN_TYPE.unused)],
    scores: vocabulary.scores && [...vocabulary.scores, ...unused.map(() => UNUSED_SCORE)],
  };
}

/** llama.cpp ends its process over a vocabulary that holds one text twice. */
function refuseTwins(tokens: readonly string[]): void {
  const seen = new Set<string>();
  for (const token of tokens) {
    if (seen.has(token)) throw new RefusedCheckpoint('tokenizer', `The tokenizer holds the token ${JSON.stringify(token)} twice, which llama.cpp cannot take.`);
    seen.add(token);
  }
}
