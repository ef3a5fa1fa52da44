import type { GgufMetadata } from '@tandem/import/formats';
import type { ConvertedType } from '@tandem/shared/converter-protocol';
import type { PlannedModel } from './plan-model';
import { describeTokenizer } from './tokenizers/tokenizer-metadata';

/** llama.cpp's numbers for what most of a file is. */
const FILE_TYPES: Readonly<Record<ConvertedType, number>> = { f32: 0, f16: 1, q8_0: 7, bf16: 32 };

/** Raised whenever the same checkpoint would become another file. */
export const CONVERTER_VERSION = 1;

/** The metadata of the finished file. Keys of Tandem's own say what no other program writes into one. */
export function describeModel({ model, tensors }: PlannedModel, name: string, type: ConvertedType): GgufMetadata {
  const { family, metadata, tokenizer, chatTemplate, stopStrings } = model;
  const most = tensors.find((tensor) => tensor.name === 'token_embd.weight')?.type ?? type;
  metadata.text('general.name', name).number('general.file_type', FILE_TYPES[most]);
  metadata.text('tandem.family', family).number('tandem.converter_version', CONVERTER_VERSION);
  const assumptions = assumptionsOf(model);
  if (assumptions.length > 0) metadata.texts('tandem.assumptions', assumptions);
  if (stopStrings.length > 0) metadata.texts('tandem.stop_strings', stopStrings);
  if (chatTemplate !== null) metadata.text('tokenizer.chat_template', chatTemplate);
  describeTokenizer(metadata, tokenizer.load());
  return metadata.entries;
}

export function assumptionsOf({ assumptions, tokenizer }: PlannedModel['model']): string[] {
  return [...assumptions, ...tokenizer.notes];
}
