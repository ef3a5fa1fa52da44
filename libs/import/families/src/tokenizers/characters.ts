import { RefusedCheckpoint } from '@tandem/import/formats';
import { lettersOf } from './byte-letters';
import { TOKEN_TYPE, type Vocabulary } from './vocabulary';

const END = '<|end|>';

/**
 * One token a character, as nanoGPT's `meta.pkl` counts them, and one more that ends a text: without it llama.cpp takes
 * id 11 for the end. A character of several bytes is put together by merges of its own; none reaches into the next one.
 */
export function characterVocabulary(itos: ReadonlyMap<unknown, unknown>, rows: number): Vocabulary {
  if (itos.size !== rows)
    throw new RefusedCheckpoint('tokenizer', `meta.pkl has ${itos.size} characters and the weights have rows for ${rows}: they do not belong together.`);
  const letters = Array.from({ length: rows }, (_, id) => lettersOf(characterAt(itos, id)));
  const merges = new Set<string>();
  for (const token of letters) {
    const parts = Array.from(token);
    for (let end = 1; end < parts.length; end++) merges.add(`${parts.slice(0, end).join('')} ${parts[end]}`);
  }
  return {
    model: 'gpt2',
    preTokenizer: 'gpt-2',
    tokens: [...letters, END],
    types: [...letters.map(() => TOKEN_TYPE.normal), TOKEN_TYPE.control],
    scores: null,
    merges: [...merges],
    bos: rows,
    ends: [rows],
    unknown: null,
    addsBos: false,
    addsEos: false,
    addsSpacePrefix: null,
    title: 'characters',
    notes: [],
  };
}

function characterAt(itos: ReadonlyMap<unknown, unknown>, id: number): string {
  const character = itos.get(id);
  if (typeof character !== 'string' || character === '') throw new RefusedCheckpoint('tokenizer', `meta.pkl says nothing about token ${id}.`);
  if (Array.from(character).length > 1)
    throw new RefusedCheckpoint('tokenizer', 'The tokens in meta.pkl are longer than one character, and it does not say how a text is cut into them.');
  return character;
}
