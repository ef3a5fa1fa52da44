import { type GgufTensorType } from '../gguf/planned-tensor';
import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { encodeBrainFloats } from './brain-float';
import { encodeHalfFloats } from './half-float';
import { findNotFinite, findNotFiniteBrain, findNotFiniteHalf } from './not-finite';
import { encodeQ80, Q8_0_BLOCK, Q8_0_BLOCK_BYTES } from './q8-0';

/** How many elements stand together, and in how many bytes. */
export const BLOCK: Readonly<Record<GgufTensorType, { readonly elements: number; readonly bytes: number }>> = {
  f32: { elements: 1, bytes: 4 },
  f16: { elements: 1, bytes: 2 },
  bf16: { elements: 1, bytes: 2 },
  q8_0: { elements: Q8_0_BLOCK, bytes: Q8_0_BLOCK_BYTES },
};

/** Which part of which tensor, for whoever is told that it cannot be used. */
export interface Place {
  readonly name: string;
  readonly firstElement: number;
}

/** Floats as they are stored in a GGUF. `room` is as large as they are then; what is returned may lie in it. */
export function encodePiece(values: Float32Array, type: GgufTensorType, room: Uint8Array, place: Place): Uint8Array {
  refuseNotFinite(findNotFinite(values), place);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  switch (type) {
    case 'f32':
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    case 'f16': {
      const halves = new Uint16Array(room.buffer, room.byteOffset, values.length);
      encodeHalfFloats(bits, halves);
      refuseTooLarge(findNotFiniteHalf(halves), values, place);
      return room;
    }
    case 'bf16': {
      const brainFloats = new Uint16Array(room.buffer, room.byteOffset, values.length);
      encodeBrainFloats(bits, brainFloats);
      refuseTooLarge(findNotFiniteBrain(brainFloats), values, place);
      return room;
    }
    case 'q8_0':
      encodeQ80(values, room);
      refuseTooLarge(findScaleTooLarge(room), values, place);
      return room;
    default:
      return type satisfies never;
  }
}

/** Bytes that are of the type already are only looked at. */
export function checkPiece(bytes: Uint8Array, type: GgufTensorType, place: Place): void {
  if (type === 'q8_0') return;
  const isAligned = bytes.byteOffset % BLOCK[type].bytes === 0;
  const { buffer, byteOffset, byteLength } = isAligned ? bytes : bytes.slice();
  const count = byteLength / BLOCK[type].bytes;
  const at = type === 'f32' ? findNotFinite(new Float32Array(buffer, byteOffset, count)) : findNotFinite16(new Uint16Array(buffer, byteOffset, count), type);
  refuseNotFinite(at, place);
}

function findNotFinite16(values: Uint16Array, type: 'f16' | 'bf16'): number {
  return type === 'f16' ? findNotFiniteHalf(values) : findNotFiniteBrain(values);
}

/** The first element of a block whose scale is infinite. */
function findScaleTooLarge(blocks: Uint8Array): number {
  for (let at = 0; at < blocks.length; at += Q8_0_BLOCK_BYTES) {
    if (((blocks[at + 1] ?? 0) & 0x7c) === 0x7c) return (at / Q8_0_BLOCK_BYTES) * Q8_0_BLOCK;
  }
  return -1;
}

function refuseNotFinite(at: number, { name, firstElement }: Place): void {
  if (at < 0) return;
  throw new RefusedCheckpoint(
    'not-finite',
    `The weight ${firstElement + at} of the tensor ${quoted(name)} is not a number, so the training went wrong before this was saved; take an earlier checkpoint.`,
  );
}

function refuseTooLarge(at: number, values: Float32Array, { name, firstElement }: Place): void {
  if (at < 0) return;
  throw new RefusedCheckpoint(
    'out-of-range',
    `The weight ${firstElement + at} of the tensor ${quoted(name)} is ${values[at]}, too large for this type; set IMPORT_TYPE=f32.`,
  );
}
