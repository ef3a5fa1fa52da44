import { type Header, type MetadataValue, shown, type TensorEntry } from './header';
import { MalformedHeader } from './malformed-header';
import { tensorType } from './tensor-types';

/** Far above any real model; a value beyond makes llama.cpp allocate without end before it notices. */
const LIMITS: Readonly<Record<string, number>> = {
  block_count: 4_096,
  context_length: 1 << 30,
  embedding_length: 1 << 20,
  'attention.head_count': 1 << 16,
  'attention.head_count_kv': 1 << 16,
};

/** Refuses what is known to make llama.cpp abort, or to load into nonsense. The binding still has the last word. */
export function checkHeader(header: Header): void {
  const architecture = header.metadata.get('general.architecture');
  if (typeof architecture !== 'string' || architecture === '') throw new MalformedHeader('it names no general.architecture');
  checkHyperparameters(header.metadata, architecture);
  checkVocabulary(header.metadata);
  checkTensors(header);
}

function checkHyperparameters(metadata: ReadonlyMap<string, MetadataValue>, architecture: string): void {
  if (!metadata.has(`${architecture}.block_count`)) {
    throw new MalformedHeader(`it has no ${architecture}.block_count, as if it were no language model`);
  }
  for (const [name, limit] of Object.entries(LIMITS)) {
    const key = `${architecture}.${name}`;
    const value = metadata.get(key);
    // Recurrent architectures have layers without heads; some models give one count per layer.
    if (value === undefined || typeof value === 'object') continue;
    if (value === 0 && name.startsWith('attention.') && isRecurrent(metadata, architecture)) continue;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > limit) {
      throw new MalformedHeader(`its ${key} is ${String(value)}`);
    }
  }
}

function isRecurrent(metadata: ReadonlyMap<string, MetadataValue>, architecture: string): boolean {
  return metadata.has(`${architecture}.ssm.state_size`) || metadata.has(`${architecture}.wkv.head_size`);
}

function checkVocabulary(metadata: ReadonlyMap<string, MetadataValue>): void {
  if (typeof metadata.get('tokenizer.ggml.model') !== 'string') throw new MalformedHeader('it has no tokenizer');
  const tokens = metadata.get('tokenizer.ggml.tokens');
  const count = typeof tokens === 'object' ? tokens.length : 0;
  if (count < 2) throw new MalformedHeader(`its vocabulary has ${count} tokens`);
  for (const name of ['bos', 'eos', 'eot', 'padding', 'unknown']) {
    const id = metadata.get(`tokenizer.ggml.${name}_token_id`);
    if (typeof id === 'number' && id !== 0xffffffff && id >= count) {
      throw new MalformedHeader(`its ${name} token ${id} is not in its vocabulary of ${count}`);
    }
  }
}

/** Refuses tensors that do not exist, or do not lie in the file. */
export function checkTensors(header: Header): void {
  const names = new Set<string>();
  for (const tensor of header.tensors) {
    if (names.has(tensor.name)) throw new MalformedHeader(`the tensor ${shown(tensor.name)} appears twice`);
    names.add(tensor.name);
    if (tensor.offset % header.alignment !== 0) throw new MalformedHeader(`the tensor ${shown(tensor.name)} is not aligned`);
    const end = tensor.offset + tensorBytes(tensor);
    if (end > header.dataBytes) {
      throw new MalformedHeader(
        `the tensor ${shown(tensor.name)} ends ${end - header.dataBytes} bytes past the end of the file; it was probably not copied completely`,
      );
    }
  }
}

/** How much room a tensor takes; refuses shapes and types that do not exist. */
export function tensorBytes(tensor: TensorEntry): number {
  const type = tensorType(tensor.type);
  if (type === undefined) throw new MalformedHeader(`the tensor ${shown(tensor.name)} has the unknown type ${tensor.type}`);
  const values = tensor.dimensions.reduce((product, dimension) => product * dimension, 1);
  const rowValues = tensor.dimensions[0] ?? 0;
  if (values < 1 || values > Number.MAX_SAFE_INTEGER || rowValues % type.blockValues !== 0) {
    throw new MalformedHeader(`the tensor ${shown(tensor.name)} has the impossible shape ${tensor.dimensions.join(' × ')}`);
  }
  return (values / type.blockValues) * type.blockBytes;
}
