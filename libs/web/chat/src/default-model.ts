import { type ModelCard } from '@tandem/shared/contracts';

/** Who is asked before anyone chose: whom one talked with last, else one that was made for talking, else whom there is. */
export function defaultModel(cards: readonly ModelCard[], last: string | null): string | null {
  const known = cards.find(({ id }) => id === last);
  const talking = cards.find(({ role }) => role === 'twodelta') ?? cards.find(({ type }) => type === 'SFT' || type === 'RL');
  return (known ?? talking ?? cards[0])?.id ?? null;
}
