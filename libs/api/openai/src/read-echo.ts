import { PARAMETER_RANGES } from '@tandem/shared/contracts';
import { type Body, isSent, wrong } from './request-body';

/** What is asked of the prompt itself. */
export interface Echo {
  /** Whether nothing is to follow it. */
  readonly isAlone: boolean;
}

/** @throws Fault `invalid_request` */
export function echoOf({ echo, stream, max_tokens: most }: Body): Echo | undefined {
  if (isSent(echo) && typeof echo !== 'boolean') throw wrong('echo', 'must be true or false');
  if (echo !== true) return undefined;
  if (stream === true) throw wrong('stream', 'cannot stand beside echo');
  return { isAlone: most === 0 };
}

/** Nothing need follow a prompt that is told again. */
export function withoutZero(body: Body, echo: Echo | undefined): Body {
  return echo?.isAlone ? { ...body, max_tokens: PARAMETER_RANGES.max_tokens.min } : body;
}
