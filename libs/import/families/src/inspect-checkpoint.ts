import { type CheckpointFile, ggufSizeBytes, openCheckpoint } from '@tandem/import/formats';
import type { ConvertedType, ConvertibleFacts } from '@tandem/shared/converter-protocol';
import { findBeside } from './beside/find-beside';
import { assumptionsOf, CONVERTER_VERSION } from './describe-model';
import type { Metadata } from './metadata';
import { planModel } from './plan-model';
import { weightsAt } from './weights-at';

/** A vocabulary in a GGUF: its tokens, their types, and the merges that make them. */
const VOCABULARY_BYTES_PER_TOKEN = 48;

/**
 * What a checkpoint is and would become, without reading more of it than its table of contents, a few rows, and the
 * documents beside it. `path`: a file of weights or a folder of them; nothing outside of `root` is looked at.
 * @throws RefusedCheckpoint saying why it cannot be converted.
 */
export function inspectCheckpoint(path: string, root: string, type: ConvertedType): ConvertibleFacts {
  const source = weightsAt(path);
  const file = openCheckpoint(source);
  try {
    return factsOf(file, findBeside(source, root), type);
  } finally {
    file.close();
  }
}

function factsOf(file: CheckpointFile, besidePaths: readonly string[], type: ConvertedType): ConvertibleFacts {
  const { model, parameters, tensors } = planModel(file, besidePaths, type, false);
  const rows = tensors.find(({ name }) => name === 'token_embd.weight')?.shape[0] ?? 0;
  return {
    family: model.family,
    architecture: model.metadata.architecture,
    parameters,
    contextLength: model.contextLength,
    chatTemplate: model.chatTemplate !== null,
    tokenizer: model.tokenizer.title,
    assumptions: assumptionsOf(model),
    stopStrings: model.stopStrings,
    convertedBytes: ggufSizeBytes(model.metadata.entries, tensors) + rows * VOCABULARY_BYTES_PER_TOKEN,
    converterVersion: CONVERTER_VERSION,
    hyperparameters: numbersOf(model.metadata),
    tokens: rows,
    weightPaths: file.paths,
    besidePaths,
  };
}

function numbersOf({ entries }: Metadata): Record<string, number> {
  return Object.fromEntries([...entries].flatMap(([key, { value }]) => (typeof value === 'number' ? [[key, value]] : [])));
}
