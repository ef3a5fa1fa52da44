import { BLOCK } from '../encode/encode-piece';
import { type GgufTensorType, type PlannedTensor } from './planned-tensor';

export const ALIGNMENT = 32;
const MAX_DIMENSIONS = 4;
/** As long as a name may be in llama.cpp. */
const MAX_NAME_BYTES = 63;
const TYPE_IDS: Readonly<Record<GgufTensorType, number>> = { f32: 0, f16: 1, q8_0: 8, bf16: 30 };

export function tensorTypeId(type: GgufTensorType): number {
  return TYPE_IDS[type];
}

/** How long a tensor is in the file, without the padding behind it. */
export function tensorBytes({ name, shape, type }: PlannedTensor): number {
  const count = shape.reduce((product, size) => product * size, 1);
  const isShape = shape.length >= 1 && shape.length <= MAX_DIMENSIONS && Number.isSafeInteger(count) && count > 0;
  const isInBlocks = (shape.at(-1) ?? 0) % BLOCK[type].elements === 0;
  if (!isShape || !isInBlocks || Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new RangeError(`A GGUF cannot hold ${name} of the shape ${shape.join('×')} as ${type}.`);
  }
  return (count / BLOCK[type].elements) * BLOCK[type].bytes;
}

export function paddedTo(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
