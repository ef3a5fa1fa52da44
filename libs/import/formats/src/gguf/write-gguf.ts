import { closeSync, openSync, writeSync } from 'node:fs';
import { BLOCK, checkPiece, encodePiece } from '../encode/encode-piece';
import { ggufHead } from './gguf-head';
import { type GgufMetadata } from './gguf-value';
import { type PlannedTensor } from './planned-tensor';
import { release } from '../tensor/release';
import { paddedTo, tensorBytes } from './tensor-layout';

/** What is converted and written at once: large enough to be fast, small enough for a process with little memory. */
const PIECE_ELEMENTS = 1024 * 1024;

export type Progress = (writtenBytes: number, totalBytes: number) => void;

/**
 * Writes a GGUF (version 3) from its first byte to its last, a few megabytes at a time, to a new file or to one that is open. Refuses
 * weights that are no numbers, and those that the type they get cannot hold. Does not remove what it has written when it fails, and
 * does not wait for the disk: Node's permission model forbids fsync, so whoever renames the file does that first.
 */
export function writeGguf(target: string | number, metadata: GgufMetadata, tensors: readonly PlannedTensor[], onProgress: Progress = () => undefined): void {
  const head = ggufHead(metadata, tensors);
  const totalBytes = head.length + weightBytes(tensors);
  const descriptor = typeof target === 'number' ? target : openSync(target, 'wx');
  try {
    const file = new Written(descriptor, totalBytes, onProgress);
    file.write(head);
    for (const tensor of tensors) writeTensor(file, tensor);
  } finally {
    if (typeof target === 'string') closeSync(descriptor);
  }
}

/** How large such a file will be, without reading any weight. */
export function ggufSizeBytes(metadata: GgufMetadata, tensors: readonly PlannedTensor[]): number {
  return ggufHead(metadata, tensors).length + weightBytes(tensors);
}

function weightBytes(tensors: readonly PlannedTensor[]): number {
  return tensors.reduce((sum, tensor) => sum + paddedTo(tensorBytes(tensor)), 0);
}

function writeTensor(file: Written, tensor: PlannedTensor): void {
  const { name, type } = tensor;
  const expected = tensorBytes(tensor);
  const { elements, bytes: blockBytes } = BLOCK[type];
  let written = 0;
  for (const chunk of tensor.chunks()) {
    const firstElement = (written / blockBytes) * elements;
    const length = chunk instanceof Float32Array ? (chunk.length / elements) * blockBytes : chunk.bytes.length;
    const isWhole = length % blockBytes === 0 && written + length <= expected;
    if (!isWhole) throw new RangeError(`${name} has ${written + length} bytes or more, and should have ${expected}.`);
    if (chunk instanceof Float32Array) writeFloats(file, chunk, tensor, firstElement);
    else {
      checkPiece(chunk.bytes, type, { name, firstElement });
      file.write(chunk.bytes);
    }
    release(chunk instanceof Float32Array ? chunk : chunk.bytes);
    written += length;
  }
  if (written !== expected) throw new RangeError(`${name} has ${written} bytes, and should have ${expected}.`);
  file.write(new Uint8Array(paddedTo(expected) - expected));
}

function writeFloats(file: Written, values: Float32Array, { name, type }: PlannedTensor, firstElement: number): void {
  const { elements, bytes } = BLOCK[type];
  for (let start = 0; start < values.length; start += PIECE_ELEMENTS) {
    const piece = values.subarray(start, start + PIECE_ELEMENTS);
    const room = file.room((piece.length / elements) * bytes);
    file.write(encodePiece(piece, type, room, { name, firstElement: firstElement + start }));
  }
}

/** A file being written. Owns the memory that pieces are converted in, and says how far it is. */
class Written {
  private readonly reused = new Uint8Array(2 * PIECE_ELEMENTS);
  private writtenBytes = 0;

  constructor(
    private readonly descriptor: number,
    private readonly totalBytes: number,
    private readonly onProgress: Progress,
  ) {}

  room(length: number): Uint8Array {
    return this.reused.subarray(0, length);
  }

  write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor, bytes, done, bytes.length - done, this.writtenBytes + done);
    this.writtenBytes += bytes.length;
    this.onProgress(this.writtenBytes, this.totalBytes);
  }
}
