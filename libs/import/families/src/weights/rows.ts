import { elementCount, type ElementType, release, type SourceTensor } from '@tandem/import/formats';

/**
 * A matrix that is read a few rows at a time, whatever it is put together from. Reading holds what was asked for and, of a
 * factor or a turned matrix, as much as the operation says.
 */
export interface Rows {
  readonly rows: number;
  readonly cols: number;
  read(start: number, count: number): Float32Array;
  /** As they are stored, of this type, where nothing was computed. */
  readonly stored?: { readonly type: ElementType; read(start: number, count: number): Uint8Array };
}

/** A tensor's last dimension is a row; the others together count the rows. A vector is one row. */
export function rowsOf(tensor: SourceTensor): Rows {
  const cols = tensor.shape.at(-1) ?? 1;
  return {
    rows: cols === 0 ? 0 : elementCount(tensor) / cols,
    cols,
    read: (start, count) => tensor.readF32(start * cols, count * cols),
    stored: { type: tensor.type, read: (start, count) => tensor.readBytes(start * cols, count * cols) },
  };
}

export function constant(rows: number, cols: number, value: number): Rows {
  return { rows, cols, read: (_, count) => new Float32Array(count * cols).fill(value) };
}

/** One row of numbers that are known. */
export function given(values: readonly number[]): Rows {
  return { rows: 1, cols: values.length, read: () => Float32Array.from(values) };
}

/** `count` rows from `first` on. */
export function slice(of: Rows, first: number, count: number): Rows {
  const { stored } = of;
  return {
    rows: count,
    cols: of.cols,
    read: (start, wanted) => of.read(first + start, wanted),
    ...(stored && { stored: { type: stored.type, read: (start, wanted) => stored.read(first + start, wanted) } }),
  };
}

/** Part under part; all have rows of one length. */
export function stacked(parts: readonly Rows[]): Rows {
  const cols = parts[0]?.cols ?? 0;
  const types = new Set(parts.map(({ stored }) => stored?.type));
  const [type] = types;
  const bytesOf = ({ stored }: Rows, start: number, count: number): Uint8Array => stored?.read(start, count) ?? new Uint8Array();
  return {
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    cols,
    read: (start, count) => joined(pieces(parts, start, count).map(([part, from, some]) => part.read(from, some))),
    ...(types.size === 1 &&
      type !== undefined && {
        stored: { type, read: (start, count) => Buffer.concat(pieces(parts, start, count).map(([part, from, some]) => bytesOf(part, from, some))) },
      }),
  };
}

/** Which rows of which part make up rows `start` and following. */
function pieces(parts: readonly Rows[], start: number, count: number): [part: Rows, start: number, count: number][] {
  const found: [Rows, number, number][] = [];
  let first = 0;
  for (const part of parts) {
    const begin = Math.max(start, first);
    const end = Math.min(start + count, first + part.rows);
    if (begin < end) found.push([part, begin - first, end - begin]);
    first += part.rows;
  }
  return found;
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
    release(piece);
  }
  return all;
}

/** Part beside part, each scaled; all have as many rows. */
export function beside(parts: readonly Rows[], scale: number): Rows {
  const cols = parts.reduce((sum, part) => sum + part.cols, 0);
  return {
    rows: parts[0]?.rows ?? 0,
    cols,
    read: (start, count) => {
      const out = new Float32Array(count * cols);
      let left = 0;
      for (const part of parts) {
        const from = part.read(start, count).map((value) => value * scale);
        for (let row = 0; row < count; row++) out.set(from.subarray(row * part.cols, (row + 1) * part.cols), row * cols + left);
        left += part.cols;
      }
      return out;
    },
  };
}
