import { type Demand, demandedFields, type Demands } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { Dialect, ServerFailure } from '../dialects/dialect';
import { type ExchangeFacts } from '../server/server-fault';
import { quoteServer } from '../server/server-words';

/** How servers name what they were demanded when they refuse it. */
const WORDS: Readonly<Record<Demand, RegExp>> = {
  format: /response_format|json_schema|schema|grammar|guided|structured/i,
  logprobs: /logprobs|n_probs/i,
  presencePenalty: /presence_penalty/i,
  frequencyPenalty: /frequency_penalty/i,
  minP: /min_p/i,
  images: /image|vision|multi-?modal/i,
  tools: /\btools?\b|function.?call/i,
  toolChoice: /tool_choice/i,
  parallelToolCalls: /parallel_tool_calls/i,
  echo: /\becho\b/i,
  promptTokens: /\bprompt\b[^\n]{0,200}\b(?:array|ids?|list|string|tokens)\b/i,
};

/** @throws Fault `invalid_request` for what this kind of server has no field for */
export function refuseDemands({ takes, passes }: Dialect, demands: Demands | undefined, host: string): void {
  const [, missing] = demandedFields(demands).find(([demand]) => !takes.has(demand)) ?? [];
  const field = missing ?? Object.keys(demands?.passed ?? {}).find((name) => !passes.has(name));
  if (field === undefined) return;
  const what = `the kind of model server at ${host} has nothing for it. Leave it out, or use another model`;
  throw new Fault('invalid_request', { field, what }, { param: field });
}

/** The fault of a server that refused what was demanded; undefined where it complained of something else. */
export function faultOfDemand(failure: ServerFailure, demands: Demands | undefined, { host, secrets }: ExchangeFacts): Fault | undefined {
  if (failure.status !== 400 && failure.status !== 422 && failure.status !== 501) return undefined;
  const words = `${failure.message} ${failure.type ?? ''}`;
  const [, refused] = demandedFields(demands).find(([demand]) => WORDS[demand].test(words)) ?? [];
  const field = refused ?? Object.keys(demands?.passed ?? {}).find((name) => words.includes(name));
  if (field === undefined) return undefined;
  const what = `the model server at ${host} did not accept it (HTTP ${failure.status})`;
  return new Fault('invalid_request', { field, what, quoted: quoteServer(failure.message, secrets) }, { param: field });
}
