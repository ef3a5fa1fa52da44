import { type GgufTensorType } from '../gguf/planned-tensor';
import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { encodeBrainFloats } from './brain-float';
import { encodeHalfFloats } from './half-float';
import { findNotFinite, findNotFiniteBrain, findNotFiniteHalf } from './not-finite';
import { encodeQ80, Q8_0_BLOCK, Q8_0_BLOCK_BYTES } from './q8-0';

type Narrower = Exclude<GgufTensorType, 'f32'>;

/** How many elements stand together, and in how many bytes. */
export const BLOCK: Readonly<Record<GgufTensorType, { readonly elements: number; readonly bytes: number }>> = {
  f32: { elements: 1, bytes: 4 },
  f16: { elements: 1, bytes: 2 },
  bf16: { elements: 1, bytes: 2 },
  q8_0: { elements: Q8_0_BLOCK, bytes: Q8_0_BLOCK_BYTES },
};

/** Which part of which tensor, for whoever is told that it cannot be used. */
export interface TensorPart {
  readonly name: string;
  readonly firstElement: number;
}

/** Floats as they are stored in a GGUF. `room` is as large as they are then; what is returned may lie in it. */
export function encodePiece(values: Float32Array, type: GgufTensorType, room: Uint8Array, part: TensorPart): Uint8Array {
  if (type === 'f32') {
    refuseNotFinite(findNotFinite(values), part);
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
  if (!encodeInto(room, values, type)) {
    refuseNotFinite(findNotFinite(values), part);
    throw tooLarge(room, values, type, part);
  }
  return room;
}

function encodeInto(room: Uint8Array, values: Float32Array, type: Narrower): boolean {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  switch (type) {
    case 'f16':
      return encodeHalfFloats(bits, new Uint16Array(room.buffer, room.byteOffset, values.length));
    case 'bf16':
      return encodeBrainFloats(bits, new Uint16Array(room.buffer, room.byteOffset, values.length));
    case 'q8_0':
      return encodeQ80(values, room);
    default:
      return type satisfies never;
  }
}

/** Bytes that are of the type already are only looked at. */
export function checkPiece(bytes: Uint8Array, type: GgufTensorType, part: TensorPart): void {
  if (type === 'q8_0') return;
  const isAligned = bytes.byteOffset % BLOCK[type].bytes === 0;
  const { buffer, byteOffset, byteLength } = isAligned ? bytes : bytes.slice();
  const count = byteLength / BLOCK[type].bytes;
  if (type === 'f32') refuseNotFinite(findNotFinite(new Float32Array(buffer, byteOffset, count)), part);
  else refuseNotFinite(findNotFinite16(new Uint16Array(buffer, byteOffset, count), type), part);
}

function findNotFinite16(values: Uint16Array, type: 'f16' | 'bf16'): number {
  return type === 'f16' ? findNotFiniteHalf(values) : findNotFiniteBrain(values);
}

function refuseNotFinite(at: number, { name, firstElement }: TensorPart): void {
  if (at < 0) return;
  throw new RefusedCheckpoint(
    'not-finite',
    `The weight ${firstElement + at} of the tensor ${quoted(name)} is not a finite number: ` +
      'the training went wrong before this was saved, so take an earlier checkpoint.',
  );
}

function tooLarge(room: Uint8Array, values: Float32Array, type: Narrower, { name, firstElement }: TensorPart): RefusedCheckpoint {
  const at = type === 'q8_0' ? indexOfLargest(values) : findNotFinite16(new Uint16Array(room.buffer, room.byteOffset, values.length), type);
  return new RefusedCheckpoint(
    'out-of-range',
    `The weight ${firstElement + at} of the tensor ${quoted(name)} is ${values[at]}, too large for this type; set IMPORT_TYPE=f32.`,
  );
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((largest, value, index) => (Math.abs(value) > Math.abs(values[largest] ?? 0) ? index : largest), 0);
}
