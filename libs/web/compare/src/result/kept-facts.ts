import { type Comparison, type ModelCard } from '@tandem/shared/contracts';
import { summarise } from '@tandem/web/composer';
import { nameIdentity } from '@tandem/web/model-status';
import { type Side, SIDES } from '../side/sides';
import { settingsOf } from './turns-of';

/** One side of a kept comparison: who it was, and what it was asked with. */
export interface KeptSide {
  readonly side: Side;
  readonly title: string;
  readonly facts: readonly { readonly name: string; readonly words: string }[];
}

/** From left to right. */
export function keptSides(comparison: Comparison, cards: ReadonlyMap<string, ModelCard>): readonly KeptSide[] {
  return SIDES.map((side) => {
    const model = comparison[side.tone];
    const { parameters, system } = settingsOf(comparison, side.tone);
    const facts: readonly (readonly [string, string])[] = [
      ['Model', model],
      ['Served', servedOf(comparison, side.tone)],
      ['Asked with', summarise(parameters, '').join(' · ')],
      ['System prompt', system.trim()],
    ];
    return { side, title: cards.get(model)?.title ?? model, facts: facts.flatMap(([name, words]) => (words === '' ? [] : [{ name, words }])) };
  });
}

/** What its server said that it is, when it was asked last. */
function servedOf({ turns }: Comparison, side: 'baseline' | 'derivative'): string {
  const identity = turns.map((turn) => turn[side].identity).findLast((each) => each !== null);
  const { model, base = null, server, version } = identity ?? {};
  if (typeof model !== 'string') return '';
  const named = nameIdentity({ model, base: typeof base === 'string' ? base : null, server: null, version: null, context_length: null });
  return [named, [server, version].filter((word) => typeof word === 'string').join(' ')].filter(Boolean).join(' · ');
}
