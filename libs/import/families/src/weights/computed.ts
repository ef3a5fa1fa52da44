import type { Rows } from './rows';

/** Elements of a matrix that are held while it is turned; beyond that it is read in passes. */
const HELD_ELEMENTS = 4 * 1024 * 1024;

/** Columns become rows. Every piece that is asked for reads the whole matrix once, in bands. */
export function transposed(of: Rows): Rows {
  const [rows, cols] = [of.cols, of.rows];
  const band = Math.max(1, Math.floor(HELD_ELEMENTS / of.cols));
  return {
    rows,
    cols,
    read: (start, count) => {
      const out = new Float32Array(count * cols);
      for (let first = 0; first < of.rows; first += band) {
        const some = Math.min(band, of.rows - first);
        const source = of.read(first, some);
        for (let row = 0; row < some; row++) {
          for (let at = 0; at < count; at++) out[at * cols + first + row] = source[row * of.cols + start + at] ?? NaN;
        }
      }
      return out;
    },
  };
}

/** Every block of `block` rows is turned on its own, as a stack of matrices. */
export function transposedBlocks(blocks: readonly Rows[]): Rows {
  const turned = blocks.map(transposed);
  const rows = turned[0]?.rows ?? 0;
  return {
    rows: rows * turned.length,
    cols: turned[0]?.cols ?? 0,
    read: (start, count) => {
      const out = new Float32Array(count * (turned[0]?.cols ?? 0));
      let at = 0;
      for (let row = start; row < start + count;) {
        const some = Math.min(start + count - row, rows - (row % rows));
        const piece = turned[Math.floor(row / rows)]?.read(row % rows, some) ?? new Float32Array();
        out.set(piece, at);
        at += piece.length;
        row += some;
      }
      return out;
    },
  };
}

/** left · right, summed in double precision. `right` is held while a piece is computed. */
export function product(left: Rows, right: Rows): Rows {
  const { cols } = right;
  return {
    rows: left.rows,
    cols,
    read: (start, count) => {
      const from = left.read(start, count);
      const factor = right.read(0, right.rows);
      const out = new Float32Array(count * cols);
      const sum = new Float64Array(cols);
      for (let row = 0; row < count; row++) {
        sum.fill(0);
        for (let inner = 0; inner < left.cols; inner++) {
          const scale = from[row * left.cols + inner] ?? NaN;
          const base = inner * cols;
          for (let col = 0; col < cols; col++) sum[col] = (sum[col] ?? 0) + scale * (factor[base + col] ?? NaN);
        }
        out.set(sum, row * cols);
      }
      return out;
    },
  };
}

/** One more row at the end: the mean of all, whose product with anything is never the largest. */
export function withMeanRow(of: Rows): Rows {
  const { rows, cols } = of;
  const mean = (): Float32Array => {
    const sum = new Float64Array(cols);
    of.read(0, rows).forEach((value, at) => (sum[at % cols] = (sum[at % cols] ?? 0) + value / rows));
    return Float32Array.from(sum);
  };
  return {
    rows: rows + 1,
    cols,
    read: (start, count) => {
      const own = of.read(start, Math.min(count, rows - start));
      if (start + count <= rows) return own;
      const out = new Float32Array(count * cols);
      out.set(own);
      out.set(mean(), (count - 1) * cols);
      return out;
    },
  };
}
