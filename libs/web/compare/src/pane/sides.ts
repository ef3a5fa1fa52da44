export type Side = 'baseline' | 'derivative';

/** What each side is called, everywhere. */
export const SIDE_NAMES: Readonly<Record<Side, string>> = { baseline: 'Baseline', derivative: 'Two Delta' };

export const SIDES: readonly Side[] = ['baseline', 'derivative'];
