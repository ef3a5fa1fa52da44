import { booleanIn, type Fields, fieldsOf, listOf, textIn } from '../fields';
import { RefusedCheckpoint } from '@tandem/import/formats';
import { reachesAll } from './merging';
import { type PostProcessing, postProcessing } from './post-processing';
import { preTokenizersFor } from './pre-tokenizers';
import { isRankedPieces, rankedPieces } from './ranked-pieces';
import { type AddedToken, addedTokens, mergesOf, textsOf, typeOf } from './tokenizer-parts';
import { TOKEN_TYPE, type Vocabulary } from './vocabulary';

/** A `tokenizer.json` after everything in it that llama.cpp cannot do has been refused. Its ends are said elsewhere. */
export function vocabularyOf(document: unknown): Vocabulary {
  const fields = fieldsOf(document);
  const model = bpeOf(fields);
  const added = addedTokens(fields);
  const ends = postProcessing(fields['post_processor']);
  return isRankedPieces(model) ? rankedPieces(fields, model, added, ends) : byteLevel(fields, model, added, ends);
}

function byteLevel(document: Fields, model: Fields, added: readonly AddedToken[], ends: PostProcessing): Vocabulary {
  refuseNormalizer(document['normalizer']);
  const merges = mergesOf(model);
  const special = new Map(added.map((token) => [token.id, token]));
  const texts = textsOf(model, added);
  const own = texts.filter((text, id): text is string => text !== undefined && !special.has(id));
  return {
    model: 'gpt2',
    preTokenizer: preTokenizerName(document, booleanIn(model, 'ignore_merges') ?? false, own, merges),
    tokens: texts.map((text, id) => text ?? `[PAD${id}]`),
    types: texts.map((text, id) => (text === undefined ? TOKEN_TYPE.unused : typeOf(special.get(id)))),
    scores: null,
    merges,
    bos: ends.bos,
    ends: [],
    unknown: null,
    addsBos: ends.bos !== null,
    addsEos: ends.eos !== null,
    addsSpacePrefix: null,
    title: 'tokenizer.json',
    notes: [],
  };
}

/** Whether words that are tokens are taken whole differs between names; where it changes nothing, either does. */
function preTokenizerName(document: Fields, takesWholeWords: boolean, own: readonly string[], merges: readonly string[]): string {
  const known = preTokenizersFor(document['pre_tokenizer']);
  if (known === undefined)
    throw new RefusedCheckpoint(
      'tokenizer',
      'The tokenizer cuts text in a way that llama.cpp does not have (pre_tokenizer in tokenizer.json); the model would read something else than it was trained on.',
    );
  const exact = known.find((one) => one.takesWholeWords === takesWholeWords);
  const chosen = exact ?? (reachesAll(own, merges) ? known[0] : undefined);
  if (chosen === undefined)
    throw new RefusedCheckpoint('tokenizer', 'The tokenizer takes whole words in another way than llama.cpp does (ignore_merges in tokenizer.json).');
  return chosen.name;
}

function bpeOf(document: Fields): Fields {
  const model = fieldsOf(document['model']);
  const kind = textIn(model, 'type') ?? ('merges' in model ? 'BPE' : 'unknown');
  if (kind !== 'BPE')
    throw new RefusedCheckpoint('tokenizer', `The tokenizer is of the kind ${kind}; Tandem converts byte-pair encoding (BPE) and SentencePiece models.`);
  const unheard = ['dropout', 'continuing_subword_prefix', 'end_of_word_suffix'].find((name) => (model[name] ?? '') !== '' && model[name] !== 0);
  if (unheard !== undefined) throw new RefusedCheckpoint('tokenizer', `The tokenizer uses ${unheard}, which llama.cpp does not have.`);
  return model;
}

/** NFC changes text that is already written that way, which is nearly all, not at all. */
function refuseNormalizer(described: unknown): void {
  const { type, normalizers } = fieldsOf(described);
  if (described === null || described === undefined || type === 'NFC') return;
  if (type === 'Sequence') return listOf(normalizers).forEach(refuseNormalizer);
  throw new RefusedCheckpoint('tokenizer', `The tokenizer rewrites text before it reads it (${String(type)}), which llama.cpp does not do for this kind.`);
}
