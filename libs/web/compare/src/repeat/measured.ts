import { type AnswerView } from '@tandem/web/run';
import { type SideId } from '../side/sides';

/** What asking one side for the same answer several times gave. A run that failed gives nothing. */
export interface Measured {
  readonly side: SideId;
  readonly firstTokenMs: readonly number[];
  /** Of tokens, as the model's server counted them. */
  readonly tokensPerSecond: readonly number[];
  /** How many runs there are to be; absent in those that earlier versions kept. */
  readonly planned?: number;
  /** The model and the settings, as a key: runs of others are not put together with these. */
  readonly asked?: string;
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
