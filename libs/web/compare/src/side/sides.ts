import { type ModelRole } from '@tandem/shared/contracts';

export type SideId = string;

/** A place of the comparison, whoever stands on it. */
export interface Side {
  readonly id: SideId;
  /** What it is called on the page. */
  readonly name: string;
  /** Whose models stand on it before anyone chose; what a link calls it. */
  readonly role: Exclude<ModelRole, 'local'>;
  /** Which voice it wears: the name of its colour; none where nobody may know who speaks. */
  readonly tone: 'baseline' | 'derivative' | 'veiled';
}

/** A place that is known by who stands there. */
export interface KnownSide extends Side {
  readonly tone: 'baseline' | 'derivative';
}

/** From left to right. */
export const SIDES: readonly KnownSide[] = [
  { id: 'baseline', name: 'Baseline', role: 'baseline', tone: 'baseline' },
  { id: 'derivative', name: 'Two Delta', role: 'twodelta', tone: 'derivative' },
];

/** The same places as long as nobody may know who stands there. */
export const VEILED_SIDES: readonly Side[] = SIDES.map((side, at) => ({ ...side, name: at === 0 ? 'Left' : 'Right', tone: 'veiled' }));

export function nameOfSide(id: SideId): string {
  return SIDES.find((side) => side.id === id)?.name ?? id;
}
