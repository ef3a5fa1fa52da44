import type { Store } from '@tandem/api/store';
import type { RunAnswer, RunVerdict, SetPrompt } from '@tandem/shared/contracts';
import { PromptSets } from '../prompt-sets/prompt-sets';
import { ShippedSets } from '../prompt-sets/shipped-sets';
import { figuresOf } from '../runs/item-figures';
import { RunItems } from '../runs/run-items';
import { RunRecords } from '../runs/run-records';
import type { RunSpec } from '../runs/run-spec';

export const SHIPPED_SETS = new URL('../../shipped/', import.meta.url);

interface Wanted {
  readonly prompts?: readonly SetPrompt[];
  readonly models?: readonly string[];
  readonly repeats?: number;
}

/** A run in a store, and what makes its items be asked. */
export async function keptRun(store: Store, { prompts = [{ id: 'p', prompt: 'Hello?' }], models = ['a', 'b'], repeats = 1 }: Wanted = {}) {
  const [records, items] = [new RunRecords(store), new RunItems(store)];
  const sets = new PromptSets(store, new ShippedSets(SHIPPED_SETS));
  const { id: setId, name, count } = await sets.add('mine', { prompts });
  const set = { id: setId, name, count };
  const spec: RunSpec = { isPair: models.length === 2, models, set, parameters: { seed: 7 }, repeats, score: false };
  const { id } = await records.add(spec, setId);
  const finish = (place: number, answers: readonly RunAnswer[], divergences: readonly (number | null)[] = [], winners: readonly RunVerdict['winner'][] = []) =>
    records.finish(id, place, { answers, figures: figuresOf(answers, divergences, winners) });
  return { records, items, sets, spec, id, finish };
}
