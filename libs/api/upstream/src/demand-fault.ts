import { type Demand, demandedFields, type Demands } from '@tandem/api/completion';
import { Fault } from '@tandem/api/platform';
import type { Dialect, ServerFailure } from './dialects/dialect';
import { type ExchangeFacts } from './server-fault';
import { quoteServer } from './server-words';

/** How servers name what they were demanded when they refuse it. */
const WORDS: Readonly<Record<Demand, RegExp>> = {
  format: /response_format|json_schema|schema|grammar|guided|structured/i,
  logprobs: /logprobs|n_probs/i,
  presencePenalty: /presence_penalty/i,
  frequencyPenalty: /frequency_penalty/i,
};

/** @throws Fault `invalid_request` for what this kind of server has no field for */
export function refuseDemands({ takes }: Dialect, demands: Demands | undefined, host: string): void {
  const missing = demandedFields(demands).find(([demand]) => !takes.has(demand));
  if (missing === undefined) return;
  throw new Fault('invalid_request', `${missing[1]}: the kind of model server at ${host} has nothing for it. Leave it out, or use another model.`, { param: missing[1] });
}

/** The fault of a server that refused what was demanded; undefined where it complained of something else. */
export function faultOfDemand(failure: ServerFailure, demands: Demands | undefined, { host, secrets }: ExchangeFacts): Fault | undefined {
  if (failure.status !== 400 && failure.status !== 422 && failure.status !== 501) return undefined;
  const refused = demandedFields(demands).find(([demand]) => WORDS[demand].test(`${failure.message} ${failure.type ?? ''}`));
  if (refused === undefined) return undefined;
  const [, field] = refused;
  return new Fault('invalid_request', `${field}: the model server at ${host} did not accept it (HTTP ${failure.status}). It said: "${quoteServer(failure.message, secrets)}"`, { param: field });
}
