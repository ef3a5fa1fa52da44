import { RefusedCheckpoint } from '@tandem/import/formats';
import type { Beside } from '../beside/beside';
import { booleanIn, type Fields, fieldsOf, listOf } from '../fields';
import { TOKEN_TYPE, type Vocabulary } from './vocabulary';

/** Beginning and ends of a text as the files of a Hugging Face folder say them, over what the tokenizer says itself. */
export function withSpecialTokens(vocabulary: Vocabulary, beside: Beside): Vocabulary {
  const config = beside.json('config.json') ?? {};
  const generation = beside.json('generation_config.json') ?? {};
  const tokenizer = beside.json('tokenizer_config.json') ?? {};
  const idOf = (token: unknown): number[] => {
    const text = typeof token === 'string' ? token : fieldsOf(token)['content'];
    const id = typeof text === 'string' ? vocabulary.tokens.indexOf(text) : -1;
    return id < 0 ? [] : [id];
  };
  const said = (name: string): number[] => [generation, config].map((fields) => idsIn(fields, name)).find(({ length }) => length > 0) ?? [];
  const ends = [...idOf(tokenizer['eos_token']), ...said('eos_token_id'), ...vocabulary.ends].filter((id) => id >= 0 && id < vocabulary.tokens.length);
  const own = vocabulary.bos === null ? [] : [vocabulary.bos];
  const named = [...idOf(tokenizer['bos_token']), ...said('bos_token_id')];
  // What puts a token before every text knows best which one.
  const [bos = null] = vocabulary.title === 'tokenizer.json' ? [...own, ...named] : [...named, ...own];
  return {
    ...vocabulary,
    bos,
    ends: ends.length > 0 ? [...new Set(ends)] : [quietest(vocabulary)],
    ...(vocabulary.title === 'tokenizer.model' && {
      addsBos: booleanIn(tokenizer, 'add_bos_token') ?? vocabulary.addsBos,
      addsEos: booleanIn(tokenizer, 'add_eos_token') ?? vocabulary.addsEos,
    }),
  };
}

/**
 * Where nobody says what ends a text: a token that no text is made of. Without one llama.cpp takes id 11, and an answer would
 * end in the middle of a word.
 */
function quietest({ types }: Vocabulary): number {
  const id = [TOKEN_TYPE.unused, TOKEN_TYPE.control].map((type) => types.indexOf(type)).find((found) => found >= 0);
  if (id === undefined)
    throw new RefusedCheckpoint('tokenizer', 'Nothing says which token ends a text (eos_token in tokenizer_config.json), and the tokenizer has none to spare.');
  return id;
}

/** One id or a list of them. */
function idsIn(fields: Fields, name: string): number[] {
  const value = fields[name];
  return (typeof value === 'number' ? [value] : listOf(value)).filter((id): id is number => Number.isSafeInteger(id));
}

/** The conversation's form: a file of its own, or a line of the tokenizer's configuration. */
export function chatTemplateBeside(beside: Beside): string | null {
  const own = beside.text('chat_template.jinja') ?? beside.json('chat_template.json')?.['chat_template'];
  if (typeof own === 'string') return own;
  const { chat_template: template } = beside.json('tokenizer_config.json') ?? {};
  if (typeof template === 'string') return template;
  const named = listOf(template).map(fieldsOf);
  const chosen = named.find(({ name }) => name === 'default') ?? named[0];
  return typeof chosen?.['template'] === 'string' ? chosen['template'] : null;
}
