import type { Demands } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';

/** @throws Fault `invalid_request` for what only some model servers know or take */
export function refuseDemands({ passed = {}, images }: Demands = {}): void {
  if (images) throw new Fault('invalid_request', 'image_url: local models take no images. Leave them out, or use another model.', { param: 'image_url' });
  const [field] = Object.keys(passed);
  if (field === undefined) return;
  throw new Fault('invalid_request', `${field}: a local model has nothing for it. Leave it out.`, { param: field });
}
