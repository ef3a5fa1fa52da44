export type Side = 'baseline' | 'derived';

/** What each side is called, everywhere. */
export const SIDE_NAMES: Readonly<Record<Side, string>> = { baseline: 'Baseline', derived: 'Two Delta' };

export const SIDES: readonly Side[] = ['baseline', 'derived'];
