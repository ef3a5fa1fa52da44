import { type ModelRole } from '@tandem/shared/contracts';

export type SideId = string;

/** A place of the comparison, whoever stands on it. */
export interface Side {
  readonly id: SideId;
  /** What it is called on the page. */
  readonly name: string;
  /** Whose models stand on it before anyone chose; what a link calls it. */
  readonly role: Exclude<ModelRole, 'local'>;
  /** Which voice it wears: the name of its colour. */
  readonly tone: 'baseline' | 'derivative';
}

/** From left to right. */
export const SIDES: readonly Side[] = [
  { id: 'baseline', name: 'Baseline', role: 'baseline', tone: 'baseline' },
  { id: 'derivative', name: 'Two Delta', role: 'twodelta', tone: 'derivative' },
];

export function nameOfSide(id: SideId): string {
  return SIDES.find((side) => side.id === id)?.name ?? id;
}
