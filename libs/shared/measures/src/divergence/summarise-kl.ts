import type { KlSummary } from '@tandem/shared/contracts';
import { quantileOf } from '../statistics/quantile';
import { meanOf } from '../statistics/sum';
import type { TokenKl } from './kl';

/** Over all tokens; exact only where every one is. Null of no tokens. */
export function summariseKl(tokens: readonly TokenKl[]): KlSummary | null {
  if (tokens.length === 0) return null;
  const nats = tokens.map((token) => token.nats);
  return {
    mean: meanOf(nats),
    median: quantileOf(nats, 0.5),
    p99: quantileOf(nats, 0.99),
    max: quantileOf(nats, 1),
    kind: tokens.every(({ kind }) => kind === 'exact') ? 'exact' : 'lower_bound',
    covered_mass: meanOf(tokens.map(({ coveredMass }) => coveredMass)),
  };
}
