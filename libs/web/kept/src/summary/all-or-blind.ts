import { type Choice } from '@tandem/web/design';

export type Counted = 'all' | 'blind';

/** Which votes are looked at. */
export const COUNTED: readonly Choice<Counted>[] = [
  { value: 'all', label: 'All votes' },
  { value: 'blind', label: 'Blind only' },
];
