/** Rows beyond the edges of the screen: the next one is there before it is scrolled or stepped to. */
const BEYOND = 8;
/** Rows that are there wherever the screen is: who reads without scrolling finds the list not empty. */
const LEAST = 16;

/** Which rows of a long list are made: `from` up to, but without, `to`. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

export interface Look {
  /** How far the list's first row lies above the upper edge, in pixels; less than 0 where it lies below. */
  readonly above: number;
  /** Of what is in view, in pixels. */
  readonly height: number;
  readonly rowHeight: number;
  readonly rows: number;
}

/** The rows in view and some beyond, however many there are. */
export function windowOf({ above, height, rowHeight, rows }: Look): RowWindow {
  const first = Math.floor(above / rowHeight);
  const last = first + Math.ceil(height / rowHeight) + 1;
  const from = Math.max(0, Math.min(first - BEYOND, rows - LEAST));
  return { from, to: Math.min(rows, Math.max(last + BEYOND, from + LEAST)) };
}
