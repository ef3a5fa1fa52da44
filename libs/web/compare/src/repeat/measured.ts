import { type AnswerView } from '@tandem/web/run';
import { type SideId } from '../side/sides';

/** What asking one side for the same answer several times gave. A run that failed gives nothing. */
export interface Measured {
  readonly side: SideId;
  readonly firstTokenMs: readonly number[];
  /** Of tokens, as the model's server counted them. */
  readonly tokensPerSecond: readonly number[];
}

/** With one more run. */
export function withRun(measured: Measured, { state, firstTokenMs, tokensPerSecond, usage }: AnswerView): Measured {
  if (state.kind !== 'done') return measured;
  return {
    ...measured,
    firstTokenMs: firstTokenMs === null ? measured.firstTokenMs : [...measured.firstTokenMs, firstTokenMs],
    tokensPerSecond: tokensPerSecond === null || !usage ? measured.tokensPerSecond : [...measured.tokensPerSecond, tokensPerSecond],
  };
}

/** The middle of some values, and the least and the greatest of them; undefined where there is none. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, greatest] = [sorted[0], sorted.at(-1)];
  if (least === undefined || greatest === undefined) return undefined;
  const [low = least, high = greatest] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return { median: (low + high) / 2, least, greatest };
}
