import { type CheckpointFile, openCheckpoint, type PlannedTensor } from '@tandem/import/formats';
import type { ConvertedType } from '@tandem/shared/converter-protocol';
import { Beside } from './beside/beside';
import { FAMILIES } from './families';
import type { Checkpoint, Model } from './model';
import { namedWeights } from './named-weights';
import { unknownFamily } from './unknown-family';
import { ModelPlan } from './weights/model-plan';
import { Weights } from './weights/weights';

export interface OpenModel {
  readonly model: Model;
  readonly parameters: number;
  readonly file: CheckpointFile;
  readonly tensors: readonly PlannedTensor[];
}

/**
 * Opens a checkpoint, finds out what it is, and plans what is written; every weight has found its place then. The caller
 * closes the file. `isExact`: it will be written, not just looked at.
 * @throws RefusedCheckpoint with the file closed again.
 */
export function openModel(source: string, besidePaths: readonly string[], type: ConvertedType, isExact: boolean): OpenModel {
  const file = openCheckpoint(source);
  try {
    const checkpoint = checkpointOf(file, besidePaths);
    const family = FAMILIES.find((one) => one.recognises(checkpoint));
    if (family === undefined) throw unknownFamily(checkpoint);
    const model = family.read(checkpoint);
    const plan = new ModelPlan(type, isExact);
    model.lay(plan);
    checkpoint.weights.refuseRest();
    return { model, parameters: checkpoint.weights.parameters - plan.tiedElements, file, tensors: plan.tensors };
  } catch (thrown) {
    file.close();
    throw thrown;
  }
}

function checkpointOf(file: CheckpointFile, besidePaths: readonly string[]): Checkpoint {
  const beside = new Beside(besidePaths);
  const { tensors, extras } = namedWeights(file);
  return { file, extras, weights: new Weights(tensors), beside, config: beside.json('config.json') ?? {} };
}
