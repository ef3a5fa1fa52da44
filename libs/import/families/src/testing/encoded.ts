import { lettersOf } from '../tokenizers/byte-letters';
import { merged } from '../tokenizers/merging';
import { TOKEN_TYPE, type Vocabulary } from '../tokenizers/vocabulary';

const SPACE = '\u2581';
const WORDS = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** How llama.cpp cuts text before it merges, by the names that it gives these ways; each step cuts what the one before left. */
const CUTS: Readonly<Record<string, readonly RegExp[]>> = {
  'gpt-2': [WORDS],
  smollm: [/\p{N}/gu, WORDS],
  'llama-bpe': [
    /(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu,
  ],
  qwen2: [/(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu],
  'deepseek-v3': [
    /\p{N}{1,3}/gu,
    /[一-龥぀-ゟ゠-ヿ]+/gu,
    /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu,
  ],
};
/** The ways in which a word that is a token is taken whole. */
const WHOLE = new Set(['llama-bpe']);

/** The ids that llama.cpp gives a text by what a GGUF says of its vocabulary, without the tokens around it. */
export function encoded(vocabulary: Vocabulary, text: string): number[] {
  const { tokens, types, model } = vocabulary;
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const own = tokens.filter((_, id) => types[id] === TOKEN_TYPE.userDefined);
  return apart(text, own).flatMap((piece, index) => {
    const id = own.includes(piece) ? ids.get(piece) : undefined;
    if (id !== undefined) return [id];
    return model === 'llama' ? inPieces(vocabulary, ids, piece, index === 0) : inWords(vocabulary, ids, piece);
  });
}

/** Cut at each of these, which stay. */
function apart(text: string, marks: readonly string[]): string[] {
  return marks.reduce<string[]>((pieces, mark) => pieces.flatMap((piece) => joinedBy(piece.split(mark), mark)), [text]).filter((piece) => piece !== '');
}

function joinedBy(pieces: readonly string[], mark: string): string[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [mark, piece]));
}

function inWords({ preTokenizer, merges }: Vocabulary, ids: ReadonlyMap<string, number>, text: string): number[] {
  const name = preTokenizer ?? '';
  const cuts = CUTS[name];
  if (cuts === undefined) throw new Error(`No test knows how llama.cpp cuts text as ${name}.`);
  const ranks = new Map((merges ?? []).map((merge, rank) => [merge, rank]));
  const words = cuts.reduce<string[]>((pieces, cut) => pieces.flatMap((piece) => around(piece, cut)), [text]).map(lettersOf);
  const parts = words.flatMap((word) => (WHOLE.has(name) && ids.has(word) ? [word] : merged(word, ranks)));
  return parts.map((part) => ids.get(part) ?? NaN);
}

function around(text: string, cut: RegExp): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(cut)) {
    pieces.push(text.slice(at, index), found);
    at = index + found.length;
  }
  return [...pieces, text.slice(at)].filter((piece) => piece !== '');
}

/** The pair with the best score first, the leftmost of equals; what is no piece then is written as bytes. */
function inPieces({ addsSpacePrefix, scores }: Vocabulary, ids: ReadonlyMap<string, number>, text: string, isFirst: boolean): number[] {
  const parts = Array.from(`${isFirst && addsSpacePrefix === true ? ' ' : ''}${text}`.replaceAll(' ', SPACE));
  const score = (at: number): number => scores?.[ids.get(`${parts[at]}${parts[at + 1]}`) ?? -1] ?? -Infinity;
  for (;;) {
    let best = -1;
    for (let at = 0; at + 1 < parts.length; at++) if (score(at) > (best < 0 ? -Infinity : score(best))) best = at;
    if (best < 0) break;
    parts.splice(best, 2, `${parts[best]}${parts[best + 1]}`);
  }
  return parts.flatMap((part) => {
    const id = ids.get(part);
    return id === undefined ? [...Buffer.from(part)].map((byte) => ids.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`) ?? NaN) : [id];
  });
}
