import type { Metadata } from '../metadata';
import type { Vocabulary } from './vocabulary';

/** llama.cpp knows three tokens that end an answer, by these keys. */
const ENDS = ['tokenizer.ggml.eos_token_id', 'tokenizer.ggml.eot_token_id', 'tokenizer.ggml.eom_token_id'];

export function describeTokenizer(metadata: Metadata, vocabulary: Vocabulary): void {
  const { model, preTokenizer, tokens, types, scores, merges, unknown, ends } = vocabulary;
  metadata.text('tokenizer.ggml.model', model);
  if (preTokenizer !== null) metadata.text('tokenizer.ggml.pre', preTokenizer);
  metadata.texts('tokenizer.ggml.tokens', tokens).numbers('tokenizer.ggml.token_type', types, 'i32');
  if (scores !== null) metadata.numbers('tokenizer.ggml.scores', scores, 'f32');
  if (merges !== null) metadata.texts('tokenizer.ggml.merges', merges);
  ENDS.forEach((key, place) => {
    const id = ends[place];
    if (id !== undefined) metadata.number(key, id);
  });
  // Where nobody says it, llama.cpp takes a token of its own choice for the beginning.
  const bos = vocabulary.bos ?? ends[0];
  if (bos !== undefined) metadata.number('tokenizer.ggml.bos_token_id', bos);
  if (unknown !== null) metadata.number('tokenizer.ggml.unknown_token_id', unknown);
  metadata.flag('tokenizer.ggml.add_bos_token', vocabulary.addsBos && vocabulary.bos !== null).flag('tokenizer.ggml.add_eos_token', vocabulary.addsEos);
  if (vocabulary.addsSpacePrefix !== null) metadata.flag('tokenizer.ggml.add_space_prefix', vocabulary.addsSpacePrefix);
}
