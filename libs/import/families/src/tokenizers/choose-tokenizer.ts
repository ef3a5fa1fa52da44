import { type PickledValue, RefusedCheckpoint } from '@tandem/import/formats';
import type { Beside } from '../beside/beside';
import { fieldsOf } from '../fields';
import { characterVocabulary } from './characters';
import { GPT2_TOKENS, gpt2Vocabulary } from './gpt2';
import { sentencePieceVocabulary } from './sentence-piece';
import { withSpecialTokens } from './special-tokens';
import { vocabularyOf } from './tokenizer-json';
import { addedTokens } from './tokenizer-parts';
import { fitted, type Vocabulary } from './vocabulary';

/** A tokenizer that fits the weights. Only what is shipped with Tandem is loaded late: it is known to be sound. */
export interface TokenizerChoice {
  readonly title: string;
  readonly notes: readonly string[];
  /** The weights need one more row than they have, for a token that ends a text. */
  readonly addsEnd: boolean;
  load(): Vocabulary;
}

/** To a multiple of 1024. */
const GPT2_ROUNDED = 51_200;
const SENTENCE_PIECE = /^tok(?:enizer|\d*)\.model$/;

/** The tokenizer that stands beside the checkpoint, or undefined where there is none. */
export function tokenizerBeside(beside: Beside, rows: number): TokenizerChoice | undefined {
  const document = beside.json('tokenizer.json');
  const isPieces = fieldsOf(document?.['model'])['byte_fallback'] === true;
  const model = document === undefined || isPieces ? beside.bytes(SENTENCE_PIECE) : undefined;
  if (model !== undefined) return ready(withSpecialTokens(sentencePieceVocabulary(model, addedTokens(document ?? {})), beside), rows);
  return document === undefined ? undefined : ready(withSpecialTokens(vocabularyOf(document), beside), rows);
}

/** GPT-2's, which small models are trained with and none brings along; with a few rows more where its size was rounded up. */
export function gpt2Tokenizer(rows: number): TokenizerChoice | undefined {
  if (rows < GPT2_TOKENS || rows > GPT2_ROUNDED) return undefined;
  return { title: 'GPT-2', notes: [], addsEnd: false, load: () => fitted(gpt2Vocabulary(), rows) };
}

/** One token a character, as nanoGPT's `meta.pkl` says. */
export function characterTokenizer(beside: Beside, rows: number): TokenizerChoice | undefined {
  const meta = beside.pickle('meta.pkl');
  if (meta === undefined) return undefined;
  const itos = meta instanceof Map ? (meta as ReadonlyMap<PickledValue, PickledValue>).get('itos') : undefined;
  if (!(itos instanceof Map)) throw new RefusedCheckpoint('tokenizer', 'meta.pkl does not say which character each token is (itos).');
  return { ...ready(characterVocabulary(itos, rows), rows + 1), addsEnd: true };
}

export function noTokenizer(rows: number, needed: string): RefusedCheckpoint {
  return new RefusedCheckpoint('tokenizer', `The checkpoint does not say what its ${rows} tokens are: put its ${needed} beside it.`);
}

function ready(vocabulary: Vocabulary, rows: number): TokenizerChoice {
  const whole = fitted(vocabulary, rows);
  return { title: vocabulary.title, notes: vocabulary.notes, addsEnd: false, load: () => whole };
}
