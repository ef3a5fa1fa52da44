import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { LETTERS_IN_ORDER } from './byte-letters';
import { TOKEN_TYPE, type Vocabulary } from './vocabulary';

export const GPT2_TOKENS = 50_257;
/** Lies beside the source, and beside the bundle after a build. */
const MERGES = 'gpt2-merges.txt.br';
const END = '<|endoftext|>';

/** GPT-2's own tokenizer. Its merges are all of it: 256 bytes, one token a merge, and the end. */
export function gpt2Vocabulary(): Vocabulary {
  const merges = readMerges();
  const tokens = [...LETTERS_IN_ORDER, ...merges.map((merge) => merge.replace(' ', '')), END];
  const end = tokens.length - 1;
  return {
    model: 'gpt2',
    preTokenizer: 'gpt-2',
    tokens,
    types: tokens.map((_, id) => (id === end ? TOKEN_TYPE.control : TOKEN_TYPE.normal)),
    scores: null,
    merges,
    bos: end,
    ends: [end],
    unknown: null,
    addsBos: false,
    addsEos: false,
    addsSpacePrefix: null,
    title: 'GPT-2',
    notes: [],
  };
}

function readMerges(): string[] {
  return brotliDecompressSync(readFileSync(new URL(MERGES, import.meta.url)))
    .toString('utf8')
    .split('\n');
}
