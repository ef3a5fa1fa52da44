import { RunFailure, type RunFault, UNREADABLE_ANSWER } from '@tandem/web/data-access';

/** Why a request failed. */
export function faultOf(failure: unknown): RunFault {
  return failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
}
