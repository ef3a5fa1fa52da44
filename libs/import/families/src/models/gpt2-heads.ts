import { RefusedCheckpoint } from '@tandem/import/formats';

/** Heads by width, as GPT-2 and the small models made after it have them. */
const HEADS: Readonly<Record<number, number>> = { 48: 3, 128: 4, 192: 6, 512: 8, 768: 12, 1024: 16, 1280: 20, 1600: 25 };

/** The number of heads, which no weight tells: from a configuration, or what models of this width usually have. */
export function headsFor(hidden: number, said: number | undefined): { heads: number; assumptions: string[] } {
  const heads = said ?? HEADS[hidden];
  if (heads === undefined)
    throw new RefusedCheckpoint(
      'configuration',
      `Nothing says how many attention heads the model has: put a config.json with n_head (or n_heads) beside the checkpoint.`,
    );
  if (!Number.isSafeInteger(heads) || heads < 1 || hidden % heads !== 0)
    throw new RefusedCheckpoint('configuration', `${heads} attention heads do not divide a width of ${hidden}.`);
  return {
    heads,
    assumptions:
      said === undefined ? [`${heads} attention heads of ${hidden / heads}, as models of width ${hidden} usually have: no configuration says it`] : [],
  };
}
