/** What is loaded and asked under one name: a checkpoint alone, or with an adapter over its weights. */
export interface Seat {
  /** A checkpoint's name. */
  readonly checkpoint: string;
  readonly adapter?: SeatAdapter;
}

export interface SeatAdapter {
  /** Name of the adapter's file in the checkpoints folder. */
  readonly file: string;
  /** 0 is the bare checkpoint, 1 the adapter as it was trained. */
  readonly scale: number;
}

/** A seat, or a checkpoint's name for the seat without an adapter. */
export type SeatLike = Seat | string;

export function seatOf(seat: SeatLike): Seat {
  return typeof seat === 'string' ? { checkpoint: seat } : seat;
}

/** A bare seat has its checkpoint's name; a checkpoint's file name never ends in a scale, so no two seats share one. */
export function seatName({ checkpoint, adapter }: Seat): string {
  return adapter === undefined ? checkpoint : `${checkpoint}+${adapter.file}@${adapter.scale}`;
}
