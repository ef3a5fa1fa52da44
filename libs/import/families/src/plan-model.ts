import type { CheckpointFile, PlannedTensor } from '@tandem/import/formats';
import type { ConvertedType } from '@tandem/shared/converter-protocol';
import { Beside } from './beside/beside';
import { FAMILIES } from './families';
import type { Checkpoint, Model } from './model';
import { namedWeights } from './named-weights';
import { unknownFamily } from './unknown-family';
import { ModelPlan } from './weights/model-plan';
import { Weights } from './weights/weights';

export interface PlannedModel {
  readonly model: Model;
  readonly parameters: number;
  readonly tensors: readonly PlannedTensor[];
}

/**
 * Finds out what an open checkpoint is, and plans what is written; every weight has found its place then. `isExact`: it will be
 * written, not just looked at.
 * @throws RefusedCheckpoint
 */
export function planModel(file: CheckpointFile, besidePaths: readonly string[], type: ConvertedType, isExact: boolean): PlannedModel {
  const checkpoint = checkpointOf(file, besidePaths);
  const family = FAMILIES.find((one) => one.recognises(checkpoint));
  if (family === undefined) throw unknownFamily(checkpoint);
  const model = family.read(checkpoint);
  const plan = new ModelPlan(type, isExact);
  model.lay(plan);
  checkpoint.weights.refuseRest();
  return { model, parameters: checkpoint.weights.parameters - plan.tiedElements, tensors: plan.tensors };
}

function checkpointOf(file: CheckpointFile, besidePaths: readonly string[]): Checkpoint {
  const beside = new Beside(besidePaths);
  const { tensors, extras } = namedWeights(file);
  return { file, extras, weights: new Weights(tensors), beside, config: beside.json('config.json') ?? {} };
}
