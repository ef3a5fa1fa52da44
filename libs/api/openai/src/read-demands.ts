import type { Demands } from '@tandem/api/completion';
import { describeRange, isInRange, type ValueRange } from '@tandem/shared/contracts';
import { formatOf } from './read-format';
import { toolDemands } from './read-tools';
import { type Body, isSent, wrong } from './request-body';
import { passedFields, type Route } from './request-fields';

export const PENALTIES: ValueRange = { min: -2, max: 2, exclusiveMin: false, integer: false };
export const LOGPROBS: ValueRange = { min: 0, max: 20, exclusiveMin: false, integer: true };
export const SHARES: ValueRange = { min: 0, max: 1, exclusiveMin: false, integer: false };

/** What a chat asks for that not every model can do. */
export function chatDemands(body: Body): Demands {
  const { logprobs, top_logprobs: top } = body;
  if (isSent(logprobs) && typeof logprobs !== 'boolean') throw wrong('logprobs', 'must be true or false');
  if (isSent(top) && !isInRange(top, LOGPROBS)) throw wrong('top_logprobs', `must be ${describeRange(LOGPROBS)}`);
  if (isSent(top) && top !== 0 && logprobs !== true) throw wrong('top_logprobs', 'needs "logprobs": true beside it');
  return { ...common(body, 'chat'), ...toolDemands(body, 'nested'), ...(logprobs === true ? { logprobs: typeof top === 'number' ? top : 0 } : {}) };
}

/** What an older completion asks for that not every model can do. */
export function textDemands(body: Body): Demands {
  const { logprobs } = body;
  if (!isSent(logprobs)) return common(body, 'completions');
  if (!isInRange(logprobs, LOGPROBS)) throw wrong('logprobs', `must be ${describeRange(LOGPROBS)}`);
  return { ...common(body, 'completions'), logprobs };
}

function common(body: Body, route: Route): Demands {
  const passed = passedFields(body, route);
  const { format } = formatOf(body) ?? {};
  const presencePenalty = numberOf(body, 'presence_penalty', PENALTIES);
  const frequencyPenalty = numberOf(body, 'frequency_penalty', PENALTIES);
  const minP = numberOf(body, 'min_p', SHARES);
  return {
    ...(format === undefined ? {} : { format }),
    ...(presencePenalty === 0 ? {} : { presencePenalty }),
    ...(frequencyPenalty === 0 ? {} : { frequencyPenalty }),
    ...(minP === 0 ? {} : { minP }),
    ...withPassed({}, passed),
  };
}

export function withPassed(demands: Demands, passed: Body): Demands {
  return Object.keys(passed).length === 0 ? demands : { ...demands, passed };
}

/** 0 where it is left out. */
export function numberOf(body: Body, field: string, range: ValueRange): number {
  const value = body[field];
  if (!isSent(value)) return 0;
  if (!isInRange(value, range)) throw wrong(field, `must be ${describeRange(range)}`);
  return value;
}
