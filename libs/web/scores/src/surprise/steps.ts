/** How surprising a piece of a text is, from 0 to 4. */
export type SurpriseStep = 0 | 1 | 2 | 3 | 4;

/** From how many bits on each step begins: below 50 %, 10 %, 1 % and 0.1 %. */
const FROM_BITS = [1, Math.log2(10), Math.log2(100), Math.log2(1000)] as const;

export const STEPS: readonly { readonly step: SurpriseStep; readonly words: string }[] = [
  { step: 0, words: 'half or more' },
  { step: 1, words: 'to 10 %' },
  { step: 2, words: 'to 1 %' },
  { step: 3, words: 'to 0.1 %' },
  { step: 4, words: 'rarer' },
];

/** From which step on a piece is one to look at. */
export const TELLING_STEP: SurpriseStep = 3;

/** By −log₂ p; a piece that has no probability surprises nobody. */
export function stepOf(bits: number | null): SurpriseStep {
  return FROM_BITS.filter((from) => bits !== null && bits > from).length as SurpriseStep;
}
