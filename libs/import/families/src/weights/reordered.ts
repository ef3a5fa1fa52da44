import { release } from '@tandem/import/formats';
import type { Rows } from './rows';

/**
 * Row i is row `from(i)` of another matrix. What is asked for must come from near each other, as within the heads of an
 * attention: everything between is read.
 */
export function reordered(of: Rows, from: (row: number) => number): Rows {
  const { cols, stored } = of;
  const pick = <Elements extends Float32Array | Uint8Array>(read: (start: number, count: number) => Elements, start: number, count: number): Elements => {
    const wanted = Array.from({ length: count }, (_, row) => from(start + row));
    const first = wanted.reduce((least, row) => Math.min(least, row), Infinity);
    const last = wanted.reduce((most, row) => Math.max(most, row), -Infinity);
    const source = read(first, last - first + 1);
    const width = source.length / (last - first + 1);
    const out = source.slice(0, 0).constructor === Float32Array ? new Float32Array(count * width) : new Uint8Array(count * width);
    wanted.forEach((row, at) => out.set(source.subarray((row - first) * width, (row - first + 1) * width), at * width));
    release(source);
    return out as Elements;
  };
  return {
    rows: of.rows,
    cols,
    read: (start, count) => pick((first, some) => of.read(first, some), start, count),
    ...(stored && { stored: { type: stored.type, read: (start, count) => pick((first, some) => stored.read(first, some), start, count) } }),
  };
}

/**
 * From Hugging Face's rotary order (a head's first halves, then its second ones) to Meta's and llama.cpp's (pairs).
 * A bias is one row of as many elements, which are reordered the same way.
 */
export function paired(of: Rows, heads: number): Rows {
  const isVector = of.rows === 1;
  const size = (isVector ? of.cols : of.rows) / heads;
  const from = (row: number): number => row - (row % size) + (row % 2) * (size / 2) + Math.floor((row % size) / 2);
  if (!isVector) return reordered(of, from);
  return { rows: 1, cols: of.cols, read: () => of.read(0, 1).map((_, at, all) => all[from(at)] ?? NaN) };
}

/** Every head's last `rotary` rows first, the others behind them. */
export function rotaryFirst(of: Rows, headSize: number, rotary: number): Rows {
  const plain = headSize - rotary;
  return reordered(of, (row) => {
    const at = row % headSize;
    return row - at + (at < rotary ? plain + at : at - rotary);
  });
}
