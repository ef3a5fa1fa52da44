import { checkHyperparameters } from './check-hyperparameters';
import { checkPurpose } from './check-purpose';
import { checkVocabulary } from './check-vocabulary';
import { type Header, shown, type TensorEntry } from './header';
import { MalformedHeader } from './malformed-header';
import { tensorType } from './tensor-types';

/**
 * Refuses what is no text generator, and what is known to make llama.cpp abort or load into nonsense; `tensors` are
 * those of all parts. The binding still has the last word.
 */
export function checkModel(header: Pick<Header, 'metadata' | 'tensors'>): void {
  checkPurpose(header);
  checkHyperparameters(header);
  checkVocabulary(header);
}

/** Numbers that something is looked up by. */
const WHOLE_NUMBERS = /tid2eid|d2t/;

/** Refuses tensors that do not exist, do not lie in the file, or cannot be computed with. */
export function checkTensors(header: Header): void {
  const names = new Set<string>();
  for (const tensor of header.tensors) {
    checkType(tensor);
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

function checkType({ name, type, dimensions }: TensorEntry): void {
  const known = tensorType(type);
  if (known === undefined) return;
  const isUsable = known.isWeight || (known.name.startsWith('I') && WHOLE_NUMBERS.test(name));
  // Norms, biases and factors: llama.cpp computes with them in full precision only.
  const isVector = dimensions.length === 1 || name.endsWith('_norm.weight');
  if (!isUsable || (isVector && known.name !== 'F32')) {
    throw new MalformedHeader(`the tensor ${shown(name)} is of the type ${known.name}, with which llama.cpp cannot compute it`);
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
