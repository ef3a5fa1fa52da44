import { EngineError } from '../engine-error';
import type { CheckpointHeader } from './checkpoint-header';
import { shown } from './header';

/** Refuses an adapter that was not made for the checkpoint that it is to be put over. */
export function checkFit(adapter: CheckpointHeader, base: CheckpointHeader): void {
  if (adapter.facts.kind !== 'adapter') throw new EngineError('model_invalid', 'It is no adapter but a model.');
  const [made, found] = [adapter.facts.architecture, base.facts.architecture];
  if (made !== found) {
    throw new EngineError('model_invalid', `It was made for the architecture ${shown(made)}, and the checkpoint is ${shown(found)}.`);
  }
  for (const name of adapter.tensorNames) {
    // Norms are left as they are by llama.cpp.
    if (base.tensorNames.has(name) || name.endsWith('_norm.weight')) continue;
    throw new EngineError('model_invalid', `It changes the tensor ${shown(name)}, which the checkpoint does not have.`);
  }
}
