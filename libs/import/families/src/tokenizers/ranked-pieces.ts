import { type Fields, fieldsOf, listOf } from '../fields';
import { RefusedCheckpoint } from '@tandem/import/formats';
import type { PostProcessing } from './post-processing';
import { type AddedToken, mergesOf, textsOf, typeOf } from './tokenizer-parts';
import { TOKEN_TYPE, type Vocabulary } from './vocabulary';

const SPACE = '\u2581';
const BYTE = /^<0x[0-9A-F]{2}>$/;

/** A SentencePiece vocabulary written as merges, as `transformers` keeps Llama 2's and Mistral's. */
export function isRankedPieces(model: Fields): boolean {
  return model['byte_fallback'] === true;
}

/**
 * llama.cpp merges such pieces by the score of what they become, `tokenizers` by a list of pairs. Both come to the same
 * where that list holds every pair of pieces that makes a piece, those of one piece together: that is checked here.
 */
export function rankedPieces(document: Fields, model: Fields, added: readonly AddedToken[], ends: PostProcessing): Vocabulary {
  const texts = textsOf(model, added);
  const special = new Map(added.map((token) => [token.id, token]));
  const unknown = texts.indexOf(typeof model['unk_token'] === 'string' ? model['unk_token'] : '<unk>');
  const spaces = spacesOf(document);
  if (spaces.isCutAtEach && texts.some((text) => text !== undefined && text.lastIndexOf(SPACE) > 0))
    throw new RefusedCheckpoint('tokenizer', 'Pieces of the tokenizer reach over spaces at which it cuts; llama.cpp would use them.');
  const types = texts.map((text, id) => {
    if (text === undefined) return TOKEN_TYPE.unused;
    if (id === unknown) return TOKEN_TYPE.unknown;
    return BYTE.test(text) ? TOKEN_TYPE.byte : typeOf(special.get(id));
  });
  const rank = ranksOf(mergesOf(model));
  refuseOtherPairs(
    texts.filter((text, id): text is string => text !== undefined && types[id] === TOKEN_TYPE.normal),
    rank,
  );
  return {
    model: 'llama',
    preTokenizer: null,
    tokens: texts.map((text, id) => (types[id] === TOKEN_TYPE.userDefined ? text?.replaceAll(SPACE, ' ') : text) ?? `[PAD${id}]`),
    types,
    scores: texts.map((text, id) => (types[id] === TOKEN_TYPE.normal ? -(rank.get(text ?? '')?.at ?? rank.size) : 0)),
    merges: null,
    bos: ends.bos,
    ends: [],
    unknown: unknown < 0 ? null : unknown,
    addsBos: ends.bos !== null,
    addsEos: ends.eos !== null,
    addsSpacePrefix: spaces.isPrefixed,
    title: 'tokenizer.json',
    notes: [],
  };
}

interface Rank {
  readonly at: number;
  readonly pairs: Set<string>;
}

/** Every piece that merging makes, in order, with its pairs. */
function ranksOf(merges: readonly string[]): Map<string, Rank> {
  const ranks = new Map<string, Rank>();
  let last = '';
  for (const merge of merges) {
    const piece = merge.replace(' ', '');
    const rank = ranks.get(piece) ?? { at: ranks.size, pairs: new Set() };
    if (rank.pairs.size > 0 && piece !== last) throw unlike();
    rank.pairs.add(merge);
    ranks.set(piece, rank);
    last = piece;
  }
  return ranks;
}

function refuseOtherPairs(pieces: readonly string[], ranks: ReadonlyMap<string, Rank>): void {
  const known = new Set(pieces);
  for (const piece of pieces) {
    const letters = Array.from(piece);
    for (let end = 1; end < letters.length; end++) {
      const [left, right] = [letters.slice(0, end).join(''), letters.slice(end).join('')];
      if (known.has(left) && known.has(right) && !ranks.get(piece)?.pairs.has(`${left} ${right}`)) throw unlike();
    }
  }
}

function unlike() {
  return new RefusedCheckpoint('tokenizer', 'The merges in tokenizer.json are not those of a SentencePiece vocabulary; put its tokenizer.model beside it.');
}

/** How spaces become letters: a normalizer's business or the pre-tokenizer's, depending on the release. */
function spacesOf(document: Fields): { isPrefixed: boolean; isCutAtEach: boolean } {
  const normalizers = flat(document['normalizer'], 'normalizers');
  const cutters = flat(document['pre_tokenizer'], 'pretokenizers');
  const metaspace = cutters.find(({ type }) => type === 'Metaspace');
  const isKnown = normalizers.every(isSpaceStep) && cutters.every(({ type }) => type === 'Metaspace') && cutters.length <= 1;
  const isReplaced = metaspace !== undefined || normalizers.some(({ type }) => type === 'Replace');
  if (!isKnown || !isReplaced)
    throw new RefusedCheckpoint(
      'tokenizer',
      'The tokenizer writes spaces in a way that llama.cpp does not have (normalizer and pre_tokenizer in tokenizer.json).',
    );
  const scheme = metaspace === undefined ? undefined : (metaspace['prepend_scheme'] ?? (metaspace['add_prefix_space'] === false ? 'never' : 'always'));
  return {
    isPrefixed: normalizers.some(({ type }) => type === 'Prepend') || (scheme !== undefined && scheme !== 'never'),
    isCutAtEach: metaspace !== undefined && metaspace['split'] !== false,
  };
}

function isSpaceStep({ type, prepend, pattern, content }: Fields): boolean {
  if (type === 'Prepend') return prepend === SPACE;
  return type === 'Replace' && fieldsOf(pattern)['String'] === ' ' && content === SPACE;
}

function flat(described: unknown, parts: string): Fields[] {
  const fields = fieldsOf(described);
  if (fields['type'] === undefined) return [];
  return fields['type'] === 'Sequence' ? listOf(fields[parts]).flatMap((part) => flat(part, parts)) : [fields];
}
