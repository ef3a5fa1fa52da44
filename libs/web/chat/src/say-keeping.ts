import { type ModelCard } from '@tandem/shared/contracts';

/** Where what is said stays, and who else gets it. */
export function sayKeeping(card: Pick<ModelCard, 'place' | 'endpoint'> | undefined): string {
  const here = 'What is said is kept in this browser';
  if (!card) return `${here}.`;
  return card.place === 'local' ? `${here}; the model runs on Tandem’s own machine.` : `${here}, and goes to the model’s server, ${card.endpoint}.`;
}
