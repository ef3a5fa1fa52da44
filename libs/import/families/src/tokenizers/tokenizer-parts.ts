import { RefusedCheckpoint } from '@tandem/import/formats';
import { type Fields, fieldsOf, listOf } from '../fields';
import { TOKEN_TYPE } from './vocabulary';

export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly isSpecial: boolean;
}

export function addedTokens(document: Fields): AddedToken[] {
  return listOf(document['added_tokens']).map((one) => {
    const { id, content, special } = fieldsOf(one);
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0 || typeof content !== 'string') {
      throw new RefusedCheckpoint('tokenizer', 'tokenizer.json is damaged: one of its added tokens has no id or no text.');
    }
    return { id, content, isSpecial: special === true };
  });
}

/** The text of every id: the model's own vocabulary first, added tokens over it. Ids that nobody has are `undefined`. */
export function textsOf(model: Fields, added: readonly AddedToken[]): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  const vocabulary = Object.entries(fieldsOf(model['vocab']));
  const limit = vocabulary.length + added.length;
  for (const [text, id] of [...vocabulary, ...added.map(({ content, id: own }) => [content, own] as const)]) {
    // Ids far beyond their number would make an array of nothing.
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0 || id > 2 * limit + 1_024)
      throw new RefusedCheckpoint('tokenizer', 'tokenizer.json is damaged: a token has no proper id.');
    texts[id] = text;
  }
  return Array.from(texts);
}

export function mergesOf(model: Fields): string[] {
  return listOf(model['merges']).map((merge) => {
    const pair = typeof merge === 'string' ? merge.split(' ') : merge;
    if (!Array.isArray(pair) || pair.length !== 2 || pair.some((part) => typeof part !== 'string'))
      throw new RefusedCheckpoint('tokenizer', 'tokenizer.json is damaged: one of its merges is no pair.');
    return pair.join(' ');
  });
}

export function typeOf(added: AddedToken | undefined): number {
  if (added === undefined) return TOKEN_TYPE.normal;
  return added.isSpecial ? TOKEN_TYPE.control : TOKEN_TYPE.userDefined;
}
