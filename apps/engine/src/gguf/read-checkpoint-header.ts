import type { CheckpointPaths } from '@tandem/shared/engine-protocol';
import { planContext } from '../context-plan';
import { checkModel, checkTensors, tensorBytes } from './check-header';
import { checkSplit } from './check-split';
import type { CheckpointHeader } from './checkpoint-header';
import { type Header, type MetadataValue, readHeader, type TensorEntry } from './header';
import { isAdapter, readAdapterHeader } from './read-adapter-header';
import { FILE_TYPES, tensorType } from './tensor-types';

type Metadata = ReadonlyMap<string, MetadataValue>;

/** llama.cpp's graph and output buffers for one batch of 512 tokens, beside those that grow with the vocabulary. */
const WORKING_BYTES = 16 * 1024 * 1024;
const BATCH_TOKENS = 512;
const MAX_DESCRIPTION_CHARACTERS = 500;

/** Reads and checks the headers of a checkpoint's files; throws `MalformedHeader` with what is wrong. */
export function readCheckpointHeader(paths: CheckpointPaths, kvBudgetBytes: number): CheckpointHeader {
  const headers = paths.map((path) => readHeader(path));
  const [first] = headers as [Header, ...Header[]];
  // Only the first part of a split checkpoint says what the model is.
  const metadata = first.metadata;
  if (isAdapter(metadata)) return readAdapterHeader(first);
  checkSplit(paths, headers);
  const tensors = headers.flatMap((header) => header.tensors);
  for (const header of headers) checkTensors(header);
  checkModel({ metadata, tensors });
  const weightBytes = tensors.reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
  const kvBytesPerToken = kvBytesPerTokenOf(metadata);
  const contextLength = hyperparameter(metadata, 'context_length') ?? null;
  return {
    weightBytes,
    kvBytesPerToken,
    tensorNames: new Set(tensors.map(({ name }) => name)),
    facts: {
      kind: 'model',
      architecture: text(metadata, 'general.architecture') ?? '',
      quantization: quantizationOf(metadata, tensors),
      parameters: tensors.reduce((sum, tensor) => sum + tensor.dimensions.reduce((product, size) => product * size, 1), 0),
      contextLength,
      chatTemplate: metadata.has('tokenizer.chat_template'),
      title: text(metadata, 'general.name') ?? null,
      description: text(metadata, 'general.description')?.slice(0, MAX_DESCRIPTION_CHARACTERS) ?? null,
      finetune: text(metadata, 'general.finetune') ?? null,
      stopStrings: stopStringsOf(metadata),
      memoryEstimateBytes: estimateMemory(metadata, { weightBytes, tokens: vocabularySize(metadata), kvBudgetBytes }),
    },
  };
}

/** Weights, KV cache and working memory of a model with these hyperparameters. */
export function estimateMemory(
  metadata: Metadata,
  { weightBytes, tokens, kvBudgetBytes }: { weightBytes: number; tokens: number; kvBudgetBytes: number },
): number {
  const kvBytesPerToken = kvBytesPerTokenOf(metadata);
  const plan = planContext(hyperparameter(metadata, 'context_length') ?? null, kvBytesPerToken, kvBudgetBytes);
  return weightBytes + plan.sequences * plan.contextLength * kvBytesPerToken + BATCH_TOKENS * tokens * 4 + WORKING_BYTES;
}

function stopStringsOf(metadata: Metadata): readonly string[] {
  const texts = metadata.get('tandem.stop_strings');
  return typeof texts === 'object' ? (texts.texts ?? []) : [];
}

/** Keys and values of one token in half precision, over all layers. */
function kvBytesPerTokenOf(metadata: Metadata): number {
  const layers = hyperparameter(metadata, 'block_count') ?? 0;
  const latent = hyperparameter(metadata, 'attention.kv_lora_rank');
  // Multi-head latent attention keeps one compressed row per token, and the rotated part of the key beside it.
  if (latent !== undefined) return layers * (latent + (hyperparameter(metadata, 'rope.dimension_count') ?? 64)) * 2;
  const heads = hyperparameter(metadata, 'attention.head_count') ?? 1;
  const kvHeads = hyperparameter(metadata, 'attention.head_count_kv') ?? heads;
  const headSize = (hyperparameter(metadata, 'embedding_length') ?? 0) / Math.max(1, heads);
  const keySize = hyperparameter(metadata, 'attention.key_length') ?? headSize;
  const valueSize = hyperparameter(metadata, 'attention.value_length') ?? headSize;
  return layers * kvHeads * (keySize + valueSize) * 2;
}

function quantizationOf(metadata: Metadata, tensors: readonly TensorEntry[]): string | null {
  const fileType = metadata.get('general.file_type');
  const named = typeof fileType === 'number' ? FILE_TYPES[fileType] : undefined;
  if (named !== undefined) return named;
  const bytesByType = new Map<number, number>();
  for (const tensor of tensors) bytesByType.set(tensor.type, (bytesByType.get(tensor.type) ?? 0) + tensorBytes(tensor));
  const [largest] = [...bytesByType].sort(([, one], [, other]) => other - one);
  return largest === undefined ? null : (tensorType(largest[0])?.name ?? null);
}

function hyperparameter(metadata: Metadata, name: string): number | undefined {
  const value = metadata.get(`${text(metadata, 'general.architecture')}.${name}`);
  return typeof value === 'number' ? value : undefined;
}

function text(metadata: Metadata, key: string): string | undefined {
  const value = metadata.get(key);
  return typeof value === 'string' ? value : undefined;
}

function vocabularySize(metadata: Metadata): number {
  const tokens = metadata.get('tokenizer.ggml.tokens');
  return typeof tokens === 'object' ? tokens.length : 0;
}
