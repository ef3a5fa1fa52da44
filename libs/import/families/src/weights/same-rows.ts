import { release } from '@tandem/import/formats';
import type { Rows } from './rows';

/** Told from these alone while a checkpoint is only looked at. */
const SAMPLES = 16;
const PIECE_ELEMENTS = 1024 * 1024;

/** Whether two matrices hold the same, such as an embedding and the head that shares its storage. */
export function areSame(one: Rows, other: Rows, isExact: boolean): boolean {
  if (one.rows !== other.rows || one.cols !== other.cols) return false;
  for (let sample = 0; sample < SAMPLES; sample++) {
    if (!sameRows(one, other, Math.floor((sample * one.rows) / SAMPLES), 1)) return false;
  }
  const step = Math.max(1, Math.floor(PIECE_ELEMENTS / one.cols));
  for (let row = 0; isExact && row < one.rows; row += step) {
    if (!sameRows(one, other, row, Math.min(step, one.rows - row))) return false;
  }
  return true;
}

function sameRows(one: Rows, other: Rows, start: number, count: number): boolean {
  const [left, right] = [one.read(start, count), other.read(start, count)];
  const isSame = left.every((value, at) => value === right[at]);
  for (const read of [left, right]) release(read);
  return isSame;
}
