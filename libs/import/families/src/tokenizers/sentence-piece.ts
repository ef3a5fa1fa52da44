import { RefusedCheckpoint } from '@tandem/import/formats';
import { fieldsIn } from './protobuf';
import type { AddedToken } from './tokenizer-parts';
import { TOKEN_TYPE, type Vocabulary } from './vocabulary';

const PIECES = 1;
const TRAINER = 2;
const NORMALIZER = 3;
const BPE = 2;

interface Piece {
  readonly text: string;
  readonly score: number;
  readonly type: number;
}

/** SentencePiece's own numbers for a kind of piece, which are GGUF's as well. */
const TYPES = new Set<number>(Object.values(TOKEN_TYPE));

/** A `tokenizer.model`: its own scores and types. `added` are the tokens that were given to the model later. */
export function sentencePieceVocabulary(bytes: Uint8Array, added: readonly AddedToken[] = []): Vocabulary {
  const fields = [...fieldsIn(bytes)];
  const messages = (number: number): Uint8Array[] =>
    fields.flatMap((field) => (field.number === number && typeof field.value !== 'number' ? [field.value] : []));
  const trainer = numbersIn(messages(TRAINER)[0]);
  const normalizer = normalizerOf(messages(NORMALIZER)[0]);
  const own = messages(PIECES).map(pieceOf);
  if (own.length === 0)
    throw new RefusedCheckpoint(
      'tokenizer',
      'tokenizer.model is no SentencePiece model: it holds no pieces. (Llama 3 ships another format under this name; its tokenizer.json is needed.)',
    );
  if (trainer.get(3) !== BPE)
    throw new RefusedCheckpoint('tokenizer', 'tokenizer.model is a SentencePiece model of another kind than BPE; llama.cpp would cut text otherwise.');
  const pieces = withAdded(own, added);
  const known = (said: number | undefined, otherwise: number): number | null => {
    // protobuf writes −1, "none", as the largest number there is.
    const id = said ?? otherwise;
    return id < pieces.length ? id : null;
  };
  const eos = known(trainer.get(42), 2);
  return {
    model: 'llama',
    preTokenizer: null,
    tokens: pieces.map(({ text }) => text),
    types: pieces.map(({ type }) => type),
    scores: pieces.map(({ score }) => score),
    merges: null,
    bos: known(trainer.get(41), 1),
    ends: eos === null ? [] : [eos],
    unknown: known(trainer.get(40), 0),
    addsBos: true,
    addsEos: false,
    addsSpacePrefix: normalizer.addsPrefix,
    title: 'tokenizer.model',
    notes: normalizer.rewrites ? ['text is read as it is written: the tokenizer would have normalised it first'] : [],
  };
}

function withAdded(pieces: readonly Piece[], added: readonly AddedToken[]): Piece[] {
  const all: Piece[] = [...pieces];
  for (const { id, content, isSpecial } of [...added].sort((one, other) => one.id - other.id)) {
    if (id > all.length) throw new RefusedCheckpoint('tokenizer', `The tokenizer has no token ${all.length}, but one with the id ${id}.`);
    const own = all[id];
    if (own !== undefined && own.type !== TOKEN_TYPE.normal && own.type !== TOKEN_TYPE.unused) continue;
    all[id] = { text: content, score: own?.score ?? 0, type: isSpecial ? TOKEN_TYPE.control : TOKEN_TYPE.userDefined };
  }
  return all;
}

function pieceOf(message: Uint8Array): Piece {
  let [text, score, type] = ['', 0, TOKEN_TYPE.normal as number];
  for (const { number, value } of fieldsIn(message)) {
    if (number === 1 && typeof value !== 'number') text = Buffer.from(value).toString('utf8');
    if (number === 2 && typeof value === 'number') score = value;
    if (number === 3 && typeof value === 'number') type = value;
  }
  if (!TYPES.has(type)) throw new RefusedCheckpoint('tokenizer', `tokenizer.model holds a piece of the unknown kind ${type}.`);
  return { text: type === TOKEN_TYPE.userDefined ? text.replaceAll('\u2581', ' ') : text, score, type };
}

function numbersIn(message: Uint8Array | undefined): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const { number, value } of fieldsIn(message ?? new Uint8Array())) if (typeof value === 'number') numbers.set(number, value);
  return numbers;
}

function normalizerOf(message: Uint8Array | undefined): { addsPrefix: boolean; rewrites: boolean } {
  let [addsPrefix, rewrites] = [true, false];
  for (const { number, value } of fieldsIn(message ?? new Uint8Array())) {
    if (number === 2 && typeof value !== 'number') rewrites ||= value.length > 0;
    if (number === 3) addsPrefix = value !== 0;
  }
  return { addsPrefix, rewrites };
}
