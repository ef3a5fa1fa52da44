import { type Fields, fieldsOf, listOf } from '../fields';
import { RefusedCheckpoint } from '@tandem/import/formats';

/** The tokens that are put around every text. */
export interface PostProcessing {
  readonly bos: number | null;
  readonly eos: number | null;
}

const NOTHING: PostProcessing = { bos: null, eos: null };

/** llama.cpp puts at most one token before a text and one behind it. */
export function postProcessing(described: unknown): PostProcessing {
  const fields = fieldsOf(described);
  switch (fields['type']) {
    case undefined:
    case 'ByteLevel':
      return NOTHING;
    case 'Sequence':
      return listOf(fields['processors']).map(postProcessing).reduce(both, NOTHING);
    case 'TemplateProcessing':
      return templated(fields);
    default:
      throw new RefusedCheckpoint('tokenizer', `The tokenizer finishes text in a way that llama.cpp does not have (${String(fields['type'])}).`);
  }
}

function both(one: PostProcessing, other: PostProcessing): PostProcessing {
  return { bos: one.bos ?? other.bos, eos: one.eos ?? other.eos };
}

function templated({ single, special_tokens: special }: Fields): PostProcessing {
  const steps = listOf(single).map(fieldsOf);
  const text = steps.findIndex((step) => 'Sequence' in step);
  const ids = steps.map((step) => ('Sequence' in step ? [] : idsOf(step['SpecialToken'], fieldsOf(special))));
  const before = ids.slice(0, text).flat();
  const behind = ids.slice(text + 1).flat();
  if (text < 0 || before.length > 1 || behind.length > 1)
    throw new RefusedCheckpoint('tokenizer', 'The tokenizer puts several tokens around every text; llama.cpp puts one before it and one behind it.');
  return { bos: before[0] ?? null, eos: behind[0] ?? null };
}

function idsOf(step: unknown, special: Fields): number[] {
  const { ids } = fieldsOf(special[String(fieldsOf(step)['id'])]);
  const numbers = listOf(ids).filter((id): id is number => typeof id === 'number');
  if (numbers.length === 0) throw new RefusedCheckpoint('tokenizer', 'tokenizer.json is damaged: its template names a token that it does not have.');
  return numbers;
}
