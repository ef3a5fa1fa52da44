import type { Run } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';

/** Why the answer of a run that has ended is not whole. One that was stopped is never shown as complete. */
export function faultOf({ fault, outcome }: Run): Fault | undefined {
  if (fault) return fault;
  return outcome?.finish_reason === 'cancelled' ? new Fault('conflict', 'The answer was stopped before it was complete.') : undefined;
}
