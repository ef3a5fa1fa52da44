import type { CheckpointFile, PlannedTensor } from '@tandem/import/formats';
import type { ConvertedType } from '@tandem/shared/converter-protocol';
import { Beside } from './beside/beside';
import { FAMILIES } from './families';
import type { Checkpoint, Family, Model } from './model';
import { namedWeights, withoutCommonPrefix } from './named-weights';
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
  const { tensors, extras } = namedWeights(file);
  const beside = new Beside(besidePaths);
  const config = beside.json('config.json') ?? {};
  const [checkpoint, family] = recognised(
    [tensors, withoutCommonPrefix(tensors)].map((named) => ({ file, extras, weights: new Weights(named), beside, config })),
  );
  const model = family.read(checkpoint);
  const plan = new ModelPlan(type, isExact);
  model.lay(plan);
  checkpoint.weights.refuseRest();
  return { model, parameters: checkpoint.weights.parameters - plan.tiedElements, tensors: plan.tensors };
}

/** The first reading of the names that some family knows. */
function recognised(readings: readonly Checkpoint[]): [Checkpoint, Family] {
  for (const checkpoint of readings) {
    const family = FAMILIES.find((one) => one.recognises(checkpoint));
    if (family !== undefined) return [checkpoint, family];
  }
  throw unknownFamily(readings);
}
