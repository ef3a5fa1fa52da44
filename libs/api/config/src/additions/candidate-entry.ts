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
export function candidateEntry(model: ModelEntryDto, environment: Environment): ModelEntry {
  try {
    const entry = parseModel('The request', 'model', instanceToPlain(model), () => undefined, environment.apiKeyVariables);
    if (loopProblem({ baseline_models: [entry] }, environment) !== undefined)
      throw new Fault('invalid_request', 'model.endpoint: leads to Tandem itself.', { param: 'model.endpoint' });
    return entry;
  } catch (error) {
    throw error instanceof ConfigurationError ? new Fault('invalid_request', error.message, { param: 'model' }) : error;
  }
}
