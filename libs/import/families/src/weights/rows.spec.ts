import { product, transposed, transposedBlocks, withMeanRow } from './computed';
import { paired, rotaryFirst } from './reordered';
import { beside, constant, type Rows, slice, stacked } from './rows';

/** A matrix whose elements say where they were: row × 100 + column. */
function counted(rows: number, cols: number, first = 0): Rows {
  return {
    rows,
    cols,
    read: (start, count) => Float32Array.from({ length: count * cols }, (_, at) => first + (start + Math.floor(at / cols)) * 100 + (at % cols)),
  };
}

/** All of a matrix, read whole and read row by row: both must be the same. */
function all(of: Rows): number[][] {
  const whole = [...of.read(0, of.rows)];
  const single = Array.from({ length: of.rows }, (_, row) => [...of.read(row, 1)]);
  expect(single.flat()).toEqual(whole);
  return single;
}

const column = (of: Rows) => all(of).map(([first = NaN]) => first / 100);

describe('rows', () => {
  it('are cut, stacked and put beside each other', () => {
    expect(all(slice(counted(5, 2), 3, 2))).toEqual([
      [300, 301],
      [400, 401],
    ]);
    expect(all(stacked([counted(2, 2), constant(1, 2, 7), counted(1, 2)]))).toEqual([
      [0, 1],
      [100, 101],
      [7, 7],
      [0, 1],
    ]);
    expect(all(beside([counted(2, 2), constant(2, 1, 8)], 0.5))).toEqual([
      [0, 0.5, 4],
      [50, 50.5, 4],
    ]);
  });

  it('of a head take turns, its first half with its second', () => {
    expect(column(paired(counted(8, 1), 2))).toEqual([0, 2, 1, 3, 4, 6, 5, 7]);
  });

  it('of a bias do the same', () => {
    const bias = { ...counted(1, 8), read: () => Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7]) };
    expect([...paired(bias, 2).read(0, 1)]).toEqual([0, 2, 1, 3, 4, 6, 5, 7]);
  });

  it('that are rotated come first in their head', () => {
    expect(column(rotaryFirst(counted(10, 1), 5, 2))).toEqual([3, 4, 0, 1, 2, 8, 9, 5, 6, 7]);
  });

  it('are turned, alone and in blocks', () => {
    expect(all(transposed(counted(2, 3)))).toEqual([
      [0, 100],
      [1, 101],
      [2, 102],
    ]);
    expect(all(transposedBlocks([counted(2, 2), counted(2, 2, 7)]))).toEqual([
      [0, 100],
      [1, 101],
      [7, 107],
      [8, 108],
    ]);
  });

  it('are multiplied in double precision', () => {
    const large = { rows: 1, cols: 3, read: () => Float32Array.from([2 ** 30, 1, -(2 ** 30)]) };
    const ones = constant(3, 2, 1);
    expect(all(product(large, ones))).toEqual([[1, 1]]);
  });

  it('get one more that is the mean of all', () => {
    expect(all(withMeanRow(counted(3, 2)))).toEqual([
      [0, 1],
      [100, 101],
      [200, 201],
      [100, 101],
    ]);
  });
});
