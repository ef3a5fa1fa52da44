import type { Demands } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';

/** @throws Fault `invalid_request` for what only some model servers know */
export function refuseDemands({ passed = {} }: Demands = {}): void {
  const [field] = Object.keys(passed);
  if (field === undefined) return;
  throw new Fault('invalid_request', `${field}: a local model has nothing for it. Leave it out.`, { param: field });
}
