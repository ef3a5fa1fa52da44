import { Fault } from '@tandem/api/faults';
import type { ModelEntry } from '@tandem/shared/contracts';
import { instanceToPlain } from 'class-transformer';
import { ConfigurationError } from '../configuration-error';
import type { Environment } from '../environment';
import type { ModelEntryDto } from '../model-entry.dto';
import { loopProblem } from '../own-address';
import { parseModel } from '../parse-document';

/**
 * The entry of a model that a request brought, held to all that a configuration document is held to: the same addresses,
 * the same variables for keys, and never Tandem itself. @throws Fault `invalid_request`
 */
export function candidateEntry(dto: ModelEntryDto, environment: Environment): ModelEntry {
  try {
    const entry = parseModel('The request', 'entry', instanceToPlain(dto), () => undefined, environment.apiKeyVariables);
    if (loopProblem({ baseline_models: [entry] }, environment) !== undefined)
      throw new Fault('invalid_request', 'entry.endpoint: leads to Tandem itself.', { param: 'entry.endpoint' });
    return entry;
  } catch (error) {
    throw error instanceof ConfigurationError ? new Fault('invalid_request', error.message, { param: 'entry' }) : error;
  }
}
