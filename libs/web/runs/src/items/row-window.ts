/** Rows beyond the edges of the screen: the next one is there before it is scrolled or stepped to. */
const BEYOND = 8;

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
  const from = clamp(first - BEYOND, rows);
  return { from, to: Math.max(from, clamp(first + Math.ceil(height / rowHeight) + 1 + BEYOND, rows)) };
}

function clamp(at: number, rows: number): number {
  return Math.max(0, Math.min(at, rows));
}
