import type { Run } from '@tandem/api/completion';
import type { TokenLogprob } from '@tandem/shared/contracts';

/** How likely the tokens of a frame were; none where that is not known. */
export function logprobsOf(run: Run, number: number): readonly TokenLogprob[] {
  const json = run.logprobsOf(number);
  return json === '' ? [] : (JSON.parse(json) as TokenLogprob[]);
}
